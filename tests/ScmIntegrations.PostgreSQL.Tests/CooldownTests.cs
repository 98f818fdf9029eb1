using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>Cool-downs as rows of a real PostgreSQL.</summary>
public sealed class CooldownTests(PostgreSqlServer server)
{
    private static readonly CooldownScope Me = new("api.github.com", "installation:42");
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_longest_word_counts_whatever_the_order()
    {
        await using var database = new SharedDatabase(server.ConnectionString);

        await Task.WhenAll(Enumerable.Range(1, 60).Select(minutes => Task.Run(() => database.Cooldowns.ExtendAsync(Me, "core", TimeSpan.FromMinutes((minutes * 7 % 60) + 1), Token))));
        await database.Cooldowns.ExtendAsync(Me, "core", TimeSpan.FromMinutes(5), Token);

        (await database.Cooldowns.ReadAsync(Me, Token)).Should().ContainSingle().Which.Value.Should().BeCloseTo(TimeSpan.FromHours(1), Close);
    }

    [Fact]
    public async Task Hosts_credentials_and_resources_are_apart()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Cooldowns.ExtendAsync(Me, "*", TimeSpan.FromMinutes(1), Token);
        await database.Cooldowns.ExtendAsync(Me, "search", TimeSpan.FromMinutes(2), Token);

        (await database.Cooldowns.ReadAsync(Me, Token)).Keys.Should().BeEquivalentTo("*", "search");
        (await database.Cooldowns.ReadAsync(Me with { Credential = "installation:43" }, Token)).Should().BeEmpty();
        (await database.Cooldowns.ReadAsync(Me with { Host = "github.acme.example" }, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_over_is_not_told()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Cooldowns.ExtendAsync(Me, "core", TimeSpan.FromMinutes(1), Token);
        await database.AgeAsync(TimeSpan.FromMinutes(1));

        (await database.Cooldowns.ReadAsync(Me, Token)).Should().BeEmpty();
        await database.Cooldowns.ExtendAsync(Me, "core", TimeSpan.FromSeconds(30), Token);
        (await database.Cooldowns.ReadAsync(Me, Token)).Should().ContainKey("core");
    }
}
