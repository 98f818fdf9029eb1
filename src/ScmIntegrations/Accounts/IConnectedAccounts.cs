using System.Text.Json;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts;

/// <summary>
/// The connected accounts of users: in a store of ours, or at a tool gateway. Every operation is an interaction, and goes by the whole
/// <see cref="AccountIdentity"/>. Only <see cref="GetCredentialAsync"/> reads a secret. Safe for concurrent use.
/// </summary>
public interface IConnectedAccounts
{
    /// <summary>Reads an account, without its credential.</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account.</returns>
    /// <exception cref="ScmNotFoundException">There is no such account.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ConnectedAccount> GetAsync(AccountIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Reads the credential of an account.</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The credential, as far as it can be read back; <see langword="null"/> when the account has none.</returns>
    /// <exception cref="ScmNotFoundException">There is no such account.</exception>
    /// <exception cref="ScmCredentialUnreadableException">What is stored was changed or swapped, or the key that it was encrypted with is gone.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<AccountCredential?> GetCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default);

    /// <summary>Lists one page of accounts.</summary>
    /// <param name="filter">Which accounts; <see langword="null"/> for all.</param>
    /// <param name="pageToken">The <see cref="AccountPage.NextPageToken"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="ArgumentException">The page token is none.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<AccountPage> ListPageAsync(AccountFilter? filter = null, string? pageToken = null, CancellationToken cancellationToken = default);

    /// <summary>Creates an account. With neither credential nor configuration it waits for the user's authorisation (<see cref="AccountStatus.PendingAuthorization"/>).</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="credential">Its credential; <see langword="null"/> for none yet. An existing account is not changed: see <see cref="UpsertAsync"/>.</param>
    /// <param name="apiConfiguration">Its API configuration, a JSON object without secrets; <see langword="null"/> for none. An existing account is not changed.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been created by then.</param>
    /// <returns>The account.</returns>
    /// <exception cref="ArgumentException">The credential is empty, or the configuration is no JSON object; nothing was sent.</exception>
    /// <exception cref="ScmAlreadyExistsException">There is such an account.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ConnectedAccount> CreateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default);

    /// <summary>Changes an existing account, whatever its state. With neither credential nor configuration it is read and left as it is.</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="credential">Changes the existing account's credential: fields that it leaves out stay as they are; another kind takes the old one's place. <see langword="null"/> keeps it.</param>
    /// <param name="apiConfiguration">Changes the existing account's API configuration: a JSON object whose fields are set, while others stay. <see langword="null"/> keeps it.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been changed by then.</param>
    /// <returns>The account as it is now.</returns>
    /// <exception cref="ArgumentException">The credential is empty, or the configuration is no JSON object; nothing was sent.</exception>
    /// <exception cref="ScmNotFoundException">There is no such account.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ConnectedAccount> UpdateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies what is supplied to the account: to the existing one whatever its state, or to a new one where there is none. The same call
    /// again leads to the same account, and any number of callers at once, in any number of processes, end with one account.
    /// </summary>
    /// <param name="identity">Which account.</param>
    /// <param name="credential">
    /// Also changes an existing account: its credential. Fields that it leaves out stay as they are, so an access token without a refresh
    /// token keeps the old refresh token; another kind takes the old one's place. <see langword="null"/> keeps what there is.
    /// </param>
    /// <param name="apiConfiguration">
    /// Also changes an existing account, with or without a credential: a JSON object whose fields are set, while others stay.
    /// <see langword="null"/> keeps what there is.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. The account may have been changed by then; the same call again is safe.</param>
    /// <returns>The account as it is now, and what happened to it.</returns>
    /// <exception cref="ArgumentException">The credential is empty, or the configuration is no JSON object; nothing was sent.</exception>
    /// <exception cref="ScmForbiddenException">The gateway does not allow it, for example because the connection is not enabled.</exception>
    /// <exception cref="ScmException">The store or gateway failed, or refused. A provider's relayed "not found" is one of these, and creates nothing.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<AccountUpsert> UpsertAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes that the user or the provider has taken back what the account was allowed to do (<see cref="AccountStatus.Disconnected"/>), so
    /// that its tokens are not used any more: in this process at once, in others within 30 seconds. The account and its credential stay, and an
    /// <see cref="UpsertAsync"/> with a credential connects it again.
    /// </summary>
    /// <param name="identity">Which account.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been changed by then; the same call again is safe.</param>
    /// <returns>Whether there is such an account.</returns>
    /// <exception cref="NotSupportedException">These accounts are kept by somebody who has no such call: a tool gateway notes by itself what was taken back. Nothing was sent.</exception>
    /// <exception cref="ScmException">The store failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<bool> DisconnectAsync(AccountIdentity identity, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} keeps accounts that cannot be disconnected from here.");

    /// <summary>Deletes an account and its credential.</summary>
    /// <param name="identity">Which account.</param>
    /// <param name="cancellationToken">Cancels the call. The account may have been deleted by then.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ScmException">The store or gateway failed, or refused.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<bool> DeleteAsync(AccountIdentity identity, CancellationToken cancellationToken = default);
}
