using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>Reads the tokens of accounts, and writes what a refresh has brought, or that it was refused.</summary>
internal sealed class AccountTokenStore(IAccountStore store, AccountWriter writer, CredentialVault vault, AccountRounds rounds)
{
    private static readonly AccountStatus[] Connected = [AccountStatus.Active, AccountStatus.Expired];

    /// <summary>Whether the account still has the credential that was read.</summary>
    public async Task<bool> IsCurrentAsync(AccountToken token, CancellationToken cancellationToken) =>
        await store.FindAsync(token.Account.Identity, cancellationToken).ConfigureAwait(false) is { } account && IsSame(account, token);

    /// <summary>Reads the token of an account.</summary>
    /// <exception cref="ScmException">There is no such account, or none that is connected; or its credential is no token.</exception>
    public async Task<AccountToken> ReadAsync(AccountIdentity identity, CancellationToken cancellationToken)
    {
        var stored = await store.FindCredentialAsync(identity, cancellationToken).ConfigureAwait(false)
            ?? throw AccountTokenErrors.Reconnect(identity, "there is no such account");
        return await OpenConnectedAsync(stored, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what a refresh has brought. Safe to repeat when an answer of the store was lost.</summary>
    /// <returns>The account's token: the fresh one, or the one that somebody has supplied meanwhile.</returns>
    /// <exception cref="ScmException">The account was deleted or disconnected meanwhile, or the store failed.</exception>
    public async Task<AccountToken> SaveAsync(AccountToken spent, AccountToken fresh, OAuthTokenCredential credential, CancellationToken cancellationToken)
    {
        var identity = spent.Account.Identity;
        var saved = await rounds.RunAsync(
            identity,
            async () =>
            {
                var stored = await store.FindCredentialAsync(identity, cancellationToken).ConfigureAwait(false)
                    ?? throw AccountTokenErrors.Reconnect(identity, "the account was deleted while its token was refreshed");
                if (!spent.IsOfSameAccount(stored.Account))
                {
                    return await OpenConnectedAsync(stored, cancellationToken).ConfigureAwait(false);
                }

                var present = stored.Account.CredentialVersion == spent.Account.CredentialVersion ? spent : await OpenAsync(stored, cancellationToken).ConfigureAwait(false);
                var isOtherAccess = !present.Is(spent.Token);
                if (!string.Equals(present.RefreshToken?.Value, spent.RefreshToken?.Value, StringComparison.Ordinal) || (isOtherAccess && (present.Is(fresh.Token) || credential.RefreshToken is null)))
                {
                    // Written by an earlier try, or supplied by the user; either is newer than what was spent.
                    return present.Is(fresh.Token) ? fresh with { Account = stored.Account } : present;
                }

                // An access token that the user has supplied alone stays; the refresh token beside it is the spent one.
                var (next, brought) = isOtherAccess ? (present with { RefreshToken = fresh.RefreshToken }, OnlyRefresh(credential)) : (fresh, credential);
                var write = await writer.RefreshAsync(stored, brought, cancellationToken).ConfigureAwait(false);
                return await store.TryReplaceAsync(write.Account, write.Sealed, cancellationToken).ConfigureAwait(false) ? next with { Account = write.Account } : null;
            },
            cancellationToken).ConfigureAwait(false);
        return IsConnected(saved.Account) ? saved : throw NotConnected(saved.Account);
    }

    /// <summary>Notes that the refresh token was refused. The account and its credential stay.</summary>
    /// <returns>The token that somebody has brought meanwhile; <see langword="null"/> when the account is marked.</returns>
    public async Task<AccountToken?> MarkRefusedAsync(AccountToken refused, CancellationToken cancellationToken)
    {
        var identity = refused.Account.Identity;
        var marked = await rounds.RunAsync(
            identity,
            async () =>
            {
                if (await store.FindAsync(identity, cancellationToken).ConfigureAwait(false) is not { } account || !IsSame(account, refused))
                {
                    return Marked.ByNobody;
                }

                var write = writer.Mark(account, AccountStatus.Expired, AccountToken.RefreshRefused);
                return await store.TryReplaceAsync(write.Account, write.Sealed, cancellationToken).ConfigureAwait(false) ? Marked.ByUs : null;
            },
            cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(marked, Marked.ByUs) ? null : await ReadAsync(identity, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AccountToken> OpenConnectedAsync(StoredCredential stored, CancellationToken cancellationToken) =>
        IsConnected(stored.Account) && stored.Account.CredentialKind is not null ? await OpenAsync(stored, cancellationToken).ConfigureAwait(false) : throw NotConnected(stored.Account);

    private async Task<AccountToken> OpenAsync(StoredCredential stored, CancellationToken cancellationToken)
    {
        var identity = stored.Account.Identity;
        if (await vault.OpenCredentialAsync(stored, cancellationToken).ConfigureAwait(false) is not OAuthTokenCredential { AccessToken: { } access } oauth)
        {
            throw AccountTokenErrors.NoToken(identity, $"is of the kind {stored.Account.CredentialKind} and holds no access token for GitHub");
        }

        try
        {
            return new(stored.Account, new GitHubToken(access.Value, oauth.AccessTokenExpiresAt), oauth.RefreshToken is { } refresh ? new GitHubToken(refresh.Value, oauth.RefreshTokenExpiresAt) : null);
        }
        catch (ArgumentException exception)
        {
            throw AccountTokenErrors.NoToken(identity, "has a token with characters that cannot stand in a header", exception);
        }
    }

    private static bool IsSame(StoredAccount account, AccountToken token) => token.IsOf(account) && IsConnected(account);

    private static bool IsConnected(StoredAccount account) => Array.IndexOf(Connected, account.Status) >= 0;

    private static ScmException NotConnected(StoredAccount account) => AccountTokenErrors.Reconnect(account.Identity, $"it is {account.Status}");

    private static OAuthTokenCredential OnlyRefresh(OAuthTokenCredential credential) => new() { RefreshToken = credential.RefreshToken, RefreshTokenExpiresAt = credential.RefreshTokenExpiresAt };

    private sealed class Marked
    {
        public static readonly Marked ByUs = new();
        public static readonly Marked ByNobody = new();
    }
}
