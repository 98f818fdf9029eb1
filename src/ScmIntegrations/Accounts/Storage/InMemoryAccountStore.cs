namespace ScmIntegrations.Accounts.Storage;

/// <summary>Accounts in the memory of this process: gone with it.</summary>
public sealed class InMemoryAccountStore : IAccountStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountIdentity, StoredCredential> _accounts = [];

    /// <inheritdoc/>
    public Task<StoredAccount?> FindAsync(AccountIdentity identity, CancellationToken cancellationToken = default) =>
        Task.FromResult(Find(identity, cancellationToken)?.Account);

    /// <inheritdoc/>
    public Task<StoredCredential?> FindCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default) =>
        Task.FromResult(Find(identity, cancellationToken));

    /// <inheritdoc/>
    public Task<StoredAccountPage> ListAsync(AccountFilter filter, string? afterId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        cancellationToken.ThrowIfCancellationRequested();
        List<StoredAccount> all;
        lock (_gate)
        {
            all = [.. _accounts.Values.Select(stored => stored.Account).Where(account => Matches(account.Identity, filter))];
        }

        var rest = all.Where(account => afterId is null || string.CompareOrdinal(account.Id, afterId) > 0).OrderBy(account => account.Id, StringComparer.Ordinal).Take(filter.PageSize + 1).ToList();
        return Task.FromResult(new StoredAccountPage([.. rest.Take(filter.PageSize)], rest.Count <= filter.PageSize, all.Count));
    }

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(StoredAccount account, ReadOnlyMemory<byte> sealedCredential, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_accounts.TryAdd(account.Identity, new(account, sealedCredential)));
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryReplaceAsync(StoredAccount account, byte[]? sealedCredential, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_accounts.TryGetValue(account.Identity, out var present) || !present.Account.Id.Equals(account.Id, StringComparison.Ordinal) || present.Account.Version != account.Version - 1)
            {
                return Task.FromResult(false);
            }

            _accounts[account.Identity] = new(account, sealedCredential ?? present.Sealed);
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_accounts.Remove(identity));
        }
    }

    private StoredCredential? Find(AccountIdentity identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identity);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return _accounts.GetValueOrDefault(identity);
        }
    }

    private static bool Matches(AccountIdentity identity, AccountFilter filter) =>
        Matches(identity.Connection, filter.Connection) && Matches(identity.Identifier, filter.Identifier)
        && Matches(identity.OrganizationId, filter.OrganizationId) && Matches(identity.UserId, filter.UserId);

    private static bool Matches(string? value, string? wanted) => wanted is null || wanted.Equals(value, StringComparison.Ordinal);
}
