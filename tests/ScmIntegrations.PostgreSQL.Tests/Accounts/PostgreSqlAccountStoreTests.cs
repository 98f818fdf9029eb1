using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.PostgreSQL.Tests.Server;
using ScmIntegrations.Tests.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>The store in PostgreSQL keeps the promises of every store.</summary>
public sealed class PostgreSqlAccountStoreTests(PostgreSqlServer server) : AccountStoreContract, IAsyncDisposable
{
    private SharedDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task<IAccountStore> NewStoreAsync()
    {
        _database = new SharedDatabase(server.ConnectionString);
        return Task.FromResult<IAccountStore>(_database.Accounts);
    }
}
