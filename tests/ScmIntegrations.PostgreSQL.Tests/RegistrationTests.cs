using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ScmIntegrations.Caching;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>One line registers all of it, and leaves the application's own cache alone.</summary>
public sealed class RegistrationTests
{
    private const string Somewhere = "Host=127.0.0.1;Port=1;Username=me;Password=THISMUSTNEVERPRINT;Database=none";

    [Fact]
    public async Task One_line_registers_cache_lock_and_cool_downs()
    {
        await using var client = new Client(builder => builder.AddPostgreSql(Somewhere));

        client.Shared.SecondLevel.Should().NotBeNull();
        client.Shared.Refresh.Should().NotBeNull();
        client.Shared.CooldownsOf("api.github.com").Should().NotBeNull();
        client.Services.GetRequiredService<ICooldownStore>().Should().BeOfType<PostgreSqlCooldownStore>();
        client.Services.GetRequiredService<IRefreshLock>().Should().BeOfType<PostgreSqlRefreshLock>();
        client.Services.GetService<IDistributedCache>().Should().BeNull("that one is the application's own");
    }

    [Fact]
    public async Task The_cache_can_be_another_store()
    {
        await using var client = new Client(builder =>
        {
            builder.Services.AddDistributedMemoryCache();
            builder.AddPostgreSql(Somewhere, options => options.UseAsCache = false).UseDistributedCache();
        });
        await client.Shared.SecondLevel!.Set(Client.Key, () => new byte[1], default, default, TimeSpan.FromDays(1));

        (await client.FindAsync()).Value.Should().NotBeNull();
    }

    [Fact]
    public async Task Without_the_cache_only_limits_are_shared()
    {
        await using var client = new Client(builder => builder.AddPostgreSql(Somewhere, options => options.UseAsCache = false));

        client.Shared.SecondLevel.Should().BeNull();
        client.Shared.CooldownsOf("api.github.com").Should().NotBeNull();
    }

    [Fact]
    public async Task A_data_source_of_the_application_is_not_disposed_of()
    {
        await using var source = NpgsqlDataSource.Create(Somewhere);
        await using (var client = new Client(builder => builder.AddPostgreSql(source)))
        {
            client.Shared.SecondLevel.Should().NotBeNull();
        }

        FluentActions.Invoking(() => source.CreateConnection().Dispose()).Should().NotThrow();
    }

    [Theory]
    [InlineData("Host=db;Password=THISMUSTNEVERPRINT;1;Username=me")]
    [InlineData("Host=db;Password=\"THISMUSTNEVERPRINT")]
    [InlineData("Host=db;Port=THISMUSTNEVERPRINT")]
    [InlineData("postgres://me:THISMUSTNEVERPRINT@db/none")]
    [InlineData("Username=me;Password=THISMUSTNEVERPRINT")]
    public void A_connection_string_that_cannot_be_read_is_refused_without_its_words(string connectionString)
    {
        var thrown = FluentActions.Invoking(() => new ServiceCollection().AddScmIntegrations().AddPostgreSql(connectionString)).Should().Throw<ArgumentException>().Which;

        thrown.ToString().Should().NotContain("THISMUST").And.Contain("The connection string cannot be read");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void No_connection_string_is_refused(string connectionString) =>
        FluentActions.Invoking(() => new ServiceCollection().AddScmIntegrations().AddPostgreSql(connectionString)).Should().Throw<ArgumentException>();

    [Fact]
    public void A_schema_that_is_no_name_is_refused_at_once() =>
        FluentActions.Invoking(() => new ServiceCollection().AddScmIntegrations().AddPostgreSql(Somewhere, options => options.Schema = "a b"))
            .Should().Throw<ArgumentException>().WithMessage("The schema is 'a b'*");
}
