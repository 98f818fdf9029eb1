using Npgsql;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;
using ScmIntegrations.PostgreSQL.Schema;
using ScmIntegrations.PostgreSQL.Tests.Server;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>An installation that had no accounts gets the table, keeps its data, and its older instances go on.</summary>
public sealed class AccountUpgradeTests(PostgreSqlServer server)
{
    private static readonly AccountIdentity Ada = new("github", "ada");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_version_is_upgraded_with_its_data_while_older_instances_work()
    {
        var name = new SchemaName(PostgreSqlServer.NewSchema());
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await OldAsync(source, name);
        await ExecuteAsync(source, $"INSERT INTO {name}.lease VALUES ('kept', 'old', now() + interval '1 h'); INSERT INTO {name}.cooldown VALUES ('h', 'c', 'r', now() + interval '1 h')");
        using var done = new CancellationTokenSource();
        var old = Task.Run(
            async () =>
            {
                var count = 0;
                while (!done.IsCancellationRequested)
                {
                    await OldAsync(source, name);
                    await ExecuteAsync(source, $"INSERT INTO {name}.lease VALUES ('work', 'old', now()) ON CONFLICT (name) DO UPDATE SET until = now()");
                    count++;
                }

                return count;
            },
            Token);

        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(
            async () =>
            {
                await using var instance = new SharedDatabase(server.ConnectionString, name.Name);
                return await instance.Accounts.TryAddAsync(New($"ca_{number}"), default, Token);
            },
            Token)));
        await done.CancelAsync();

        added.Should().ContainSingle(isAdded => isAdded);
        (await old).Should().BePositive();
        await using var database = new SharedDatabase(server.ConnectionString, name.Name);
        (await database.ScalarAsync("SELECT string_agg(script, ' ' ORDER BY version) FROM {schema}.schema_version")).Should().Be("001_shared_stores.sql 002_connected_accounts.sql");
        (await database.Lock.TryAcquireAsync("kept", "new", TimeSpan.FromMinutes(1), Token)).Should().BeFalse("the old row is there");
        (await database.ScalarAsync("SELECT count(*) FROM {schema}.cooldown")).Should().Be(1L);
    }

    [Fact]
    public async Task A_user_who_may_not_create_is_told_which_right_is_missing()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await OldAsync(source, new SchemaName(schema));
        await ExecuteAsync(source, $"CREATE ROLE {schema}_user LOGIN; GRANT USAGE ON SCHEMA {schema} TO {schema}_user; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {schema}_user");
        await using var user = new SharedDatabase(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = $"{schema}_user" }.ConnectionString, schema);

        (await FluentActions.Awaiting(() => user.Accounts.FindAsync(Ada, Token)).Should().ThrowAsync<ScmException>())
            .Which.Message.Should().Be($"Could not read accounts in the schema \"{schema}\": the user of the connection lacks a right: to SELECT, INSERT, UPDATE and DELETE in the tables of the schema, or to CREATE them where they are missing (SQL state 42501).");

        await using var owner = new SharedDatabase(server.ConnectionString, schema);
        await owner.Accounts.TryAddAsync(New("ca_1"), default, Token);
        (await FluentActions.Awaiting(() => user.Accounts.FindAsync(Ada, Token)).Should().ThrowAsync<ScmException>()).Which.Message.Should().Contain("42501", "the new table was granted to nobody");
        await ExecuteAsync(source, $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {schema}_user");
        (await user.Accounts.FindAsync(Ada, Token)).Should().NotBeNull();
    }

    private static Task OldAsync(NpgsqlDataSource source, SchemaName name) => SchemaUpgrade.RunAsync(source, name, [SchemaScript.ReadAll()[0]], Token);

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static StoredAccount New(string id) => new()
    {
        Id = id,
        Identity = Ada,
        Version = 1,
        CredentialVersion = 0,
        Status = AccountStatus.PendingAuthorization,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
