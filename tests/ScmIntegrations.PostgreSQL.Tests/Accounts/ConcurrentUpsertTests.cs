using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Accounts;
using ScmIntegrations.PostgreSQL.Tests.Instances;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Testing;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>However many connect one account at once, in however many processes, there is one, and nobody is turned away.</summary>
public sealed class ConcurrentUpsertTests(PostgreSqlServer server)
{
    private const int Callers = 100;

    private static readonly AccountIdentity Ada = new("github", "ada");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_callers_in_one_process_end_with_one_account()
    {
        await using var services = Instance(PostgreSqlServer.NewSchema());
        var accounts = services.GetRequiredService<IConnectedAccounts>();

        var upserts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => Task.Run(() => accounts.UpsertAsync(Ada, Tokens(number)), Token)));

        upserts.Select(upsert => upsert.Account.Id).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        upserts.Should().ContainSingle(upsert => upsert.Outcome == AccountOutcome.Created);
        upserts.Select(upsert => upsert.Account.Version).Should().OnlyHaveUniqueItems();
        await OneAccountAsync(accounts, Callers);
    }

    [Fact]
    public async Task Many_instances_of_the_library_end_with_one_account()
    {
        var schema = PostgreSqlServer.NewSchema();
        var instances = Enumerable.Range(0, 10).Select(_ => Instance(schema)).ToList();

        var upserts = await Task.WhenAll(Enumerable.Range(0, Callers).Select(number =>
            Task.Run(() => instances[number % instances.Count].GetRequiredService<IConnectedAccounts>().UpsertAsync(Ada, Tokens(number)), Token)));

        upserts.Should().ContainSingle(upsert => upsert.Outcome == AccountOutcome.Created);
        upserts.Select(upsert => upsert.Account.Version).Should().OnlyHaveUniqueItems("each was written from the one before");
        await OneAccountAsync(instances[0].GetRequiredService<IConnectedAccounts>(), Callers);
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_hundred_callers_in_each_of_two_processes_end_with_one_account()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: Token);
        await using var one = Instances.Instance.Start(server.ConnectionString, schema, gitHub.Address);
        await using var other = Instances.Instance.Start(server.ConnectionString, schema, gitHub.Address);
        await Task.WhenAll(one.AskAsync("upsert warm-up 1"), other.AskAsync("upsert warm-up 1"));

        var answers = await Task.WhenAll(one.AskAsync($"upsert ada {Callers}"), other.AskAsync($"upsert ada {Callers}"));

        var told = answers.Select(answer => answer.Split(' ')).ToList();
        told.Should().OnlyContain(words => words.Length == 3, string.Join(" | ", answers));
        told.Select(words => words[0]).Distinct(StringComparer.Ordinal).Should().ContainSingle("there is one account");
        told.Sum(words => int.Parse(words[1], CultureInfo.InvariantCulture)).Should().Be(1, "one of all created it");
        told.SelectMany(words => words[2].Split(',')).Should().OnlyHaveUniqueItems().And.HaveCount(2 * Callers);
        await using var services = Instance(schema);
        await OneAccountAsync(services.GetRequiredService<IConnectedAccounts>(), 2 * Callers);
    }

    private static async Task OneAccountAsync(IConnectedAccounts accounts, long version)
    {
        var listed = await accounts.ListPageAsync(new AccountFilter { Identifier = "ada" }, cancellationToken: Token);
        listed.Accounts.Should().ContainSingle().Which.Version.Should().Be(version, "no write was lost and none was made twice");
        var tokens = (OAuthTokenCredential)(await accounts.GetCredentialAsync(Ada, Token))!;
        tokens.RefreshToken!.Value.Should().Be(tokens.AccessToken!.Value.Replace("access", "refresh", StringComparison.Ordinal), "what one caller supplied stays together");
    }

    private static OAuthTokenCredential Tokens(int number) => new() { AccessToken = new($"access {number}"), RefreshToken = new($"refresh {number}") };

    private ServiceProvider Instance(string schema) => new ServiceCollection().AddScmIntegrations()
        .AddConnectedAccounts(accounts => accounts.EncryptionKeys.Add(InstanceProgram.EncryptionKey))
        .AddPostgreSql(server.ConnectionString, postgreSql => postgreSql.Schema = schema)
        .Services.BuildServiceProvider();
}
