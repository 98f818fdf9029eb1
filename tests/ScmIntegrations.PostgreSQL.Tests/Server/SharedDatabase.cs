using Npgsql;
using ScmIntegrations.PostgreSQL.Accounts;
using ScmIntegrations.PostgreSQL.Schema;
using ScmIntegrations.Testing;

namespace ScmIntegrations.PostgreSQL.Tests.Server;

/// <summary>The stores of one instance in a schema of the test's own.</summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    public SharedDatabase(string connectionString, string? schema = null)
    {
        Schema = schema ?? PostgreSqlServer.NewSchema();
        DataSource = NpgsqlDataSource.Create(connectionString);
        Database = new PostgreSqlDatabase(DataSource, new SchemaName(Schema), ownsDataSource: true);
        Expired = new ExpiredRows(Database, Time);
        Cache = new PostgreSqlCache(Database, Expired, Time);
        Cooldowns = new PostgreSqlCooldownStore(Database, Expired);
        Lock = new PostgreSqlRefreshLock(Database, Expired);
        Accounts = new PostgreSqlAccountStore(Database);
    }

    public ManualTimeProvider Time { get; } = new();

    public string Schema { get; }

    public NpgsqlDataSource DataSource { get; }

    public PostgreSqlDatabase Database { get; }

    public ExpiredRows Expired { get; }

    public PostgreSqlCache Cache { get; }

    public PostgreSqlCooldownStore Cooldowns { get; }

    public PostgreSqlRefreshLock Lock { get; }

    public PostgreSqlAccountStore Accounts { get; }

    /// <summary>Runs a statement; <c>{schema}</c> in it is the test's.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql.Replace("{schema}", Schema, StringComparison.Ordinal));
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Lets the database's clock pass for the rows that are there: what they expire at comes nearer.</summary>
    public async Task AgeAsync(TimeSpan by)
    {
        var seconds = by.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await ScalarAsync($"UPDATE {{schema}}.cache SET expires_at = expires_at - interval '{seconds} s', absolute_expires_at = absolute_expires_at - interval '{seconds} s'");
        await ScalarAsync($"UPDATE {{schema}}.cooldown SET until = until - interval '{seconds} s'");
        await ScalarAsync($"UPDATE {{schema}}.lease SET until = until - interval '{seconds} s'");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
