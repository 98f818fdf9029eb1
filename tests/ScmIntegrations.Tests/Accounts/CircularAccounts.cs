using System.Text.Json;
using ScmIntegrations.Accounts;

namespace ScmIntegrations.Tests.Accounts;

/// <summary>A gateway whose pages lead back to one another; everything else is not asked.</summary>
internal sealed class CircularAccounts : IConnectedAccounts
{
    public int Pages { get; private set; }

    public Task<AccountPage> ListPageAsync(AccountFilter? filter = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        Pages++;
        return Task.FromResult(new AccountPage([], pageToken is "a" ? "b" : "a"));
    }

    public Task<ConnectedAccount> GetAsync(AccountIdentity identity, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AccountCredential?> GetCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ConnectedAccount> CreateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ConnectedAccount> UpdateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AccountUpsert> UpsertAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(AccountIdentity identity, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
