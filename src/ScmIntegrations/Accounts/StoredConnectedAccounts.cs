using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Accounts;

/// <summary>Connected accounts in a store of ours: interaction → turn at the account → read, decide, write from exactly what was read.</summary>
internal sealed class StoredConnectedAccounts(
    IAccountStore store,
    AccountWriter writer,
    CredentialVault vault,
    AccountRounds rounds,
    IInteractions interactions,
    TimeProvider timeProvider,
    Action<AccountIdentity> forgetToken) : IConnectedAccounts
{
    // Why an account is disconnected, as a word.
    private const string Revoked = "revoked";

    private readonly AccountGate _gate = new();

    public Task<ConnectedAccount> GetAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return RunAsync("get_account", identity, async () => Show(await store.FindAsync(identity, cancellationToken).ConfigureAwait(false) ?? throw NotFound(identity)), cancellationToken);
    }

    public Task<AccountCredential?> GetCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return RunAsync("get_account_credential", identity, () => ReadCredentialAsync(identity, cancellationToken), cancellationToken);
    }

    public Task<AccountPage> ListPageAsync(AccountFilter? filter = null, string? pageToken = null, CancellationToken cancellationToken = default)
    {
        var after = pageToken is null ? null : IdOf(pageToken);
        return RunAsync(
            "list_accounts",
            null,
            async () =>
            {
                var page = await store.ListAsync(filter ?? new(), after, cancellationToken).ConfigureAwait(false);
                return new AccountPage([.. page.Accounts.Select(Show)], page.IsLast || page.Accounts.Count == 0 ? null : TokenOf(page.Accounts[^1].Id)) { TotalCount = page.TotalCount };
            },
            cancellationToken);
    }

    public Task<ConnectedAccount> CreateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default)
    {
        Check(identity, credential, apiConfiguration);
        return RunAsync(
            "create_account",
            identity,
            async () => await TryCreateAsync(identity, credential, apiConfiguration, cancellationToken).ConfigureAwait(false) ?? throw AlreadyExists(identity),
            cancellationToken);
    }

    public Task<ConnectedAccount> UpdateAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default)
    {
        Check(identity, credential, apiConfiguration);
        return RunAsync(
            "update_account",
            identity,
            () => TakeTurnAsync(
                identity,
                async () => await TryUpdateAsync(identity, credential, apiConfiguration, cancellationToken).ConfigureAwait(false) switch
                {
                    { IsThere: false } => throw NotFound(identity),
                    var round => round.Result?.Account,
                },
                cancellationToken),
            cancellationToken);
    }

    public Task<AccountUpsert> UpsertAsync(AccountIdentity identity, AccountCredential? credential = null, JsonElement? apiConfiguration = null, CancellationToken cancellationToken = default)
    {
        Check(identity, credential, apiConfiguration);
        return RunAsync(
            "upsert_account",
            identity,
            () => TakeTurnAsync(
                identity,
                async () => await TryUpdateAsync(identity, credential, apiConfiguration, cancellationToken).ConfigureAwait(false) switch
                {
                    { IsThere: true } round => round.Result,
                    _ => await TryCreateAsync(identity, credential, apiConfiguration, cancellationToken).ConfigureAwait(false) is { } created ? new(created, AccountOutcome.Created) : null,
                },
                cancellationToken),
            cancellationToken);
    }

    public Task<bool> DisconnectAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return RunAsync(
            "disconnect_account",
            identity,
            () => ForgettingAsync(identity, async () => (await TakeTurnAsync(identity, () => TryDisconnectAsync(identity, cancellationToken), cancellationToken).ConfigureAwait(false)).IsThere),
            cancellationToken);
    }

    public Task<bool> DeleteAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return RunAsync("delete_account", identity, () => ForgettingAsync(identity, () => store.RemoveAsync(identity, cancellationToken)), cancellationToken);
    }

    /// <summary>One round at an existing account.</summary>
    /// <returns>Whether it is there, and what became of it; no result when somebody else was first, so that another round is due.</returns>
    private async Task<(bool IsThere, AccountUpsert? Result)> TryUpdateAsync(AccountIdentity identity, AccountCredential? credential, JsonElement? apiConfiguration, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(identity, cancellationToken).ConfigureAwait(false) is not { } present)
        {
            return (false, null);
        }

        if (await writer.CompareAsync(present, credential, apiConfiguration, cancellationToken).ConfigureAwait(false) is not { } difference)
        {
            return (true, new(Show(present), AccountOutcome.Unchanged));
        }

        StoredCredential? stored = null;
        if (difference.Kept.Count > 0)
        {
            stored = await store.FindCredentialAsync(identity, cancellationToken).ConfigureAwait(false);
            if (stored is null || stored.Account.Version != present.Version)
            {
                return (true, null);
            }
        }

        var write = await writer.ApplyAsync(difference, stored, cancellationToken).ConfigureAwait(false);
        var isFirst = await store.TryReplaceAsync(write.Account, write.Sealed, cancellationToken).ConfigureAwait(false);
        if (isFirst && difference.IsUnreadable)
        {
            interactions.Current?.ReportWarning("What was stored of the credential could not be read, and what was supplied has taken its place. See whether all instances have the same keys.");
        }

        return (true, isFirst ? new(Show(write.Account), AccountOutcome.Updated) : null);
    }

    /// <summary>One round that disconnects an account; <see langword="null"/> when somebody else was first, so that another is due.</summary>
    private async Task<Disconnected?> TryDisconnectAsync(AccountIdentity identity, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(identity, cancellationToken).ConfigureAwait(false) is not { } present)
        {
            return new(IsThere: false);
        }

        if (present.Status == AccountStatus.Disconnected)
        {
            return new(IsThere: true);
        }

        var write = writer.Mark(present, AccountStatus.Disconnected, Revoked);
        return await store.TryReplaceAsync(write.Account, write.Sealed, cancellationToken).ConfigureAwait(false) ? new(IsThere: true) : null;
    }

    /// <summary>Drops the token from the memory of this process, also where nobody knows whether the store was changed: it is read again then.</summary>
    private async Task<T> ForgettingAsync<T>(AccountIdentity identity, Func<Task<T>> change)
    {
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            forgetToken(identity);
        }
    }

    private async Task<ConnectedAccount?> TryCreateAsync(AccountIdentity identity, AccountCredential? credential, JsonElement? apiConfiguration, CancellationToken cancellationToken)
    {
        var write = await writer.CreateAsync(identity, credential, apiConfiguration, cancellationToken).ConfigureAwait(false);
        return await store.TryAddAsync(write.Account, write.Sealed ?? ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false) ? Show(write.Account) : null;
    }

    private async Task<AccountCredential?> ReadCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken)
    {
        var stored = await store.FindCredentialAsync(identity, cancellationToken).ConfigureAwait(false) ?? throw NotFound(identity);
        return stored.Account.CredentialKind is null ? null : await vault.OpenCredentialAsync(stored, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the turn at an account within this process; against other processes each write guards itself, and the next round follows.</summary>
    private Task<T> TakeTurnAsync<T>(AccountIdentity identity, Func<Task<T?>> round, CancellationToken cancellationToken)
        where T : class =>
        _gate.RunAsync(identity, () => rounds.RunAsync(identity, round, cancellationToken), cancellationToken);

    private Task<T> RunAsync<T>(string operation, AccountIdentity? identity, Func<Task<T>> body, CancellationToken cancellationToken) => interactions.RunAsync(
        new InteractionDescriptor(operation, "account_store")
        {
            Client = "default",
            Extras = identity is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["account"] = identity.ToString() },
        },
        _ => body(),
        cancellationToken);

    /// <summary>The account as it is seen. One that nothing can renew has ended with its token.</summary>
    private ConnectedAccount Show(StoredAccount account)
    {
        var hasEnded = account.Status == AccountStatus.Active
            && account.TokenExpiresAt <= timeProvider.GetUtcNow()
            && !account.Fingerprints.ContainsKey(OAuthTokenCredential.RefreshTokenField);
        return new()
        {
            Id = account.Id,
            Identity = account.Identity,
            Status = hasEnded ? AccountStatus.Expired : account.Status,
            StatusReason = hasEnded ? "token_expired" : account.StatusReason,
            CredentialKind = account.CredentialKind,
            TokenExpiresAt = account.TokenExpiresAt,
            ApiConfiguration = ApiConfiguration.Read(account),
            CreatedAt = account.CreatedAt,
            UpdatedAt = account.UpdatedAt,
            Version = account.Version,
        };
    }

    private static void Check(AccountIdentity identity, AccountCredential? credential, JsonElement? apiConfiguration)
    {
        ArgumentNullException.ThrowIfNull(identity);
        credential?.Check(nameof(credential));
        ApiConfiguration.Check(apiConfiguration, nameof(apiConfiguration));
    }

    private static string TokenOf(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    private static string IdOf(string pageToken) => Base64Url.IsValid(pageToken)
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(pageToken))
        : throw new ArgumentException("The page token is none of this list's: give the NextPageToken of the page before.", nameof(pageToken));

    private static ScmException NotFound(AccountIdentity identity) =>
        ScmException.From(new ScmError { Reason = ErrorReason.NotFound, Origin = ErrorOrigin.Client, Message = $"There is no connected account {identity}." });

    private static ScmException AlreadyExists(AccountIdentity identity) =>
        ScmException.From(new ScmError { Reason = ErrorReason.AlreadyExists, Origin = ErrorOrigin.Client, Message = $"There is a connected account {identity} already; to change it, upsert or update it." });

    private sealed record Disconnected(bool IsThere);
}
