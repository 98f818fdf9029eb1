using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.PostgreSQL.Tests.Instances;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Resilience.Sharing;
using ScmIntegrations.Testing;

namespace ScmIntegrations.PostgreSQL.Tests;

/// <summary>Whatever becomes of the database, calls go on, and its password stays unsaid.</summary>
[Collection(typeof(Alone))]
public sealed class BrokenDatabaseTests
{
    private const string Password = "THISMUSTNEVERPRINT";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_calls_go_on_without_a_database_that_refuses_connections()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await using var client = new Client(builder => builder.AddPostgreSql($"Host=127.0.0.1;Port={port};Username=me;Password={Password};Database=none"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => client.FindAsync()));
        await client.Shared.SecondLevel!.Set(Client.Key, () => new byte[1], default, default, TimeSpan.FromDays(1));

        answers.Should().OnlyContain(answer => !answer.IsAnswered);
        client.Log.Lines.Count(line => line.Level >= LogLevel.Warning).Should().Be(1);
        client.Log.Lines.Should().Contain(line => line.Event.Id == 1401).And.NotContain(line => line.Text.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_to_GitHub_goes_on_without_a_database_that_accepts_and_says_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var gitHub = await FakeGitHub.StartAsync(cancellationToken: Token);
        gitHub.AddToken(InstanceProgram.Token, "octocat");
        gitHub.AddRepository("acme/api");
        await using var client = new Client(
            builder => builder.AddPostgreSql($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=me;Password={Password};Database=none;Timeout=2"),
            gitHub);
        await client.GitHub.GetRepositoryAsync(new RepositoryRef("acme/api"), Token);

        var began = TimeProvider.System.GetTimestamp();
        await client.GitHub.GetRepositoryAsync(new RepositoryRef("acme/api"), Token);
        (await client.Shared.SecondLevel!.FindAsync(Client.Key, StoreBudget.ForCall(), Token)).IsAnswered.Should().BeFalse();

        // 250 ms, and what a busy machine adds.
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Without_shared_stores_nothing_is_asked_of_any()
    {
        await using var client = new Client(_ => { });

        client.Shared.SecondLevel.Should().BeNull();
        client.Shared.Refresh.Should().BeNull();
        client.Shared.CooldownsOf("api.github.com").Should().BeNull();
    }
}

/// <summary>The same with a real database in trouble.</summary>
[Collection(typeof(Alone))]
public sealed class DatabaseTroubleTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_was_damaged_is_a_miss_and_is_replaced()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var database = new SharedDatabase(server.ConnectionString, schema);
        await using var client = new Client(builder => builder.AddPostgreSql(server.ConnectionString, options => options.Schema = schema));
        await client.Shared.SecondLevel!.Set(Client.Key, () => new byte[100], default, default, TimeSpan.FromDays(1));
        (await client.FindAsync()).Value.Should().NotBeNull();
        foreach (var damage in (string[])["set_byte(value, 40, get_byte(value, 40) # 1)", "substring(value for 20)", "''", "value || '\\x00'", "set_byte(value, 0, 2)"])
        {
            await database.ScalarAsync($"UPDATE {{schema}}.cache SET value = {damage}");

            (await client.FindAsync()).Should().Be(new StoreAnswer<Aged<byte[]>?>(true, null), damage);
            await client.Shared.SecondLevel!.Set(Client.Key, () => new byte[100], default, default, TimeSpan.FromDays(1));
            (await client.FindAsync()).Value.Should().NotBeNull();
        }

        client.Log.Lines.Count(line => line.Event.Id == 1406).Should().Be(5);
    }

    [Fact]
    public async Task A_schema_that_was_dropped_is_an_outage_and_no_exception()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var database = new SharedDatabase(server.ConnectionString, schema);
        await using var client = new Client(builder => builder.AddPostgreSql(server.ConnectionString, options => options.Schema = schema));
        (await client.FindAsync()).IsAnswered.Should().BeTrue();
        await database.ScalarAsync("DROP SCHEMA {schema} CASCADE");

        (await client.FindAsync()).IsAnswered.Should().BeFalse();

        client.Log.Lines.Should().ContainSingle(line => line.Event.Id == 1401);
    }

    [Fact]
    public async Task A_table_that_is_locked_delays_a_call_by_its_budget_and_no_more()
    {
        var schema = PostgreSqlServer.NewSchema();
        await using var database = new SharedDatabase(server.ConnectionString, schema);
        await using var client = new Client(builder => builder.AddPostgreSql(server.ConnectionString, options => options.Schema = schema));
        (await client.FindAsync()).IsAnswered.Should().BeTrue();
        await using var connection = await database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new Npgsql.NpgsqlCommand($"LOCK TABLE {schema}.cache IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync(Token);

        var began = TimeProvider.System.GetTimestamp();
        (await client.Shared.SecondLevel!.FindAsync(Client.Key, StoreBudget.ForCall(), Token)).IsAnswered.Should().BeFalse();
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(1.5));

        await transaction.RollbackAsync(Token);
        (await client.FindAsync()).IsAnswered.Should().BeTrue("the table is free again");
    }
}
