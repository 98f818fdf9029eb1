using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.Tests.Accounts.Storage;

/// <summary>The store in memory keeps the promises of every store.</summary>
public sealed class InMemoryAccountStoreTests : AccountStoreContract
{
    protected override Task<IAccountStore> NewStoreAsync() => Task.FromResult<IAccountStore>(new InMemoryAccountStore());
}
