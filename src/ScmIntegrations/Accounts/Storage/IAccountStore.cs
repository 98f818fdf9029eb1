using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts.Storage;

/// <summary>
/// Where accounts are kept. Register an implementation as a singleton to keep them in a place of your own. Each write is one atomic step, is
/// durable when its task has completed, and is refused when somebody else was first: all that callers build on.
/// </summary>
/// <remarks>An implementation throws <see cref="ScmTransportException"/> or <see cref="ScmTimeoutException"/> when it cannot be reached. It is called by many threads at once, and possibly by many processes.</remarks>
public interface IAccountStore
{
    /// <summary>Finds an account. The credential is not read.</summary>
    /// <param name="identity">Which account; all four parts count, and absent is not "any".</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account; <see langword="null"/> when there is none.</returns>
    Task<StoredAccount?> FindAsync(AccountIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Finds an account with its encrypted credential, both of one moment.</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The two; <see langword="null"/> when there is no such account.</returns>
    Task<StoredCredential?> FindCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Lists accounts in the order of their ids.</summary>
    /// <param name="filter">Which accounts, and how many on a page.</param>
    /// <param name="afterId">Only accounts whose id comes after this one (ordinal); <see langword="null"/> for the first page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    Task<StoredAccountPage> ListAsync(AccountFilter filter, string? afterId, CancellationToken cancellationToken = default);

    /// <summary>Adds an account.</summary>
    /// <param name="account">The account, in version 1.</param>
    /// <param name="sealedCredential">Its encrypted credential; empty for none.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been added by then.</param>
    /// <returns><see langword="false"/> when there is an account with this identity; nothing was changed then.</returns>
    Task<bool> TryAddAsync(StoredAccount account, ReadOnlyMemory<byte> sealedCredential, CancellationToken cancellationToken = default);

    /// <summary>Writes the next version of an account.</summary>
    /// <param name="account">The account. Written when the stored one has the same identity and id, and exactly the version before.</param>
    /// <param name="sealedCredential">Takes the place of the encrypted credential, empty for none; <see langword="null"/> keeps it.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been written by then.</param>
    /// <returns><see langword="false"/> when the stored account has another version or id, or is gone; nothing was changed then.</returns>
    Task<bool> TryReplaceAsync(StoredAccount account, byte[]? sealedCredential, CancellationToken cancellationToken = default);

    /// <summary>Removes an account and its credential.</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been removed by then.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(AccountIdentity identity, CancellationToken cancellationToken = default);
}
