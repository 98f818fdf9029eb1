using Npgsql;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Tests.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>The same promises in a database that sorts texts as people do, where "ca_b" comes before "ca_B" and "ca-1" next to "ca_1".</summary>
public sealed class CollatedAccountStoreTests(PostgreSqlServer server, CollatedDatabase collated) : AccountStoreContract, IClassFixture<CollatedDatabase>, IAsyncDisposable
{
    private SharedDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task<IAccountStore> NewStoreAsync()
    {
        _database = new SharedDatabase(await collated.ConnectionStringAsync(server));
        (await _database.ScalarAsync("SELECT 'ca_b' < 'ca_B'")).Should().Be(true, "this is the order of the database, and not that of ids");
        return _database.Accounts;
    }
}

/// <summary>A database with a collation of people, made when it is first asked for.</summary>
public sealed class CollatedDatabase
{
    private readonly Lock _gate = new();
    private Task<string>? _made;

    public Task<string> ConnectionStringAsync(PostgreSqlServer server)
    {
        lock (_gate)
        {
            return _made ??= MakeAsync(server.ConnectionString);
        }
    }

    private static async Task<string> MakeAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("CREATE DATABASE collated TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'");
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.SyntaxError)
        {
            Assert.Skip($"This PostgreSQL has no ICU: {exception.MessageText}");
        }

        return new NpgsqlConnectionStringBuilder(connectionString) { Database = "collated" }.ConnectionString;
    }
}
