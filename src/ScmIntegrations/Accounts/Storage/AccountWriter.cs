using System.Text.Json;
using System.Text.Json.Nodes;
using ScmIntegrations.Accounts.Protection;

namespace ScmIntegrations.Accounts.Storage;

/// <summary>
/// Makes versions of accounts: what is supplied is applied, what is absent is kept, and what is the same changes nothing. The stored
/// credential is decrypted only where a part of it has to be kept.
/// </summary>
internal sealed class AccountWriter(CredentialVault vault, TimeProvider timeProvider)
{
    /// <summary>The first version of an account.</summary>
    public async Task<AccountWrite> CreateAsync(AccountIdentity identity, AccountCredential? credential, JsonElement? apiConfiguration, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var account = new StoredAccount
        {
            Id = $"ca_{Guid.CreateVersion7(now):N}",
            Identity = identity,
            Version = 1,
            CredentialVersion = 0,
            Status = AccountStatus.PendingAuthorization,
            ApiConfiguration = ApiConfiguration.Merge(null, apiConfiguration),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return credential is null
            ? new(account, [])
            : await SealAsync(Activate(account, credential.Kind, credential.ToFields()), credential.Kind, credential.ToFields(), CredentialFingerprints.Create(), [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What differs between an account and what is supplied, told without its credential; <see langword="null"/> when it has all of that.</summary>
    public async Task<AccountDifference?> CompareAsync(StoredAccount present, AccountCredential? credential, JsonElement? apiConfiguration, CancellationToken cancellationToken)
    {
        var next = Next(present) with { ApiConfiguration = ApiConfiguration.Merge(present, apiConfiguration) };
        var isConfigured = !string.Equals(next.ApiConfiguration, present.ApiConfiguration, StringComparison.Ordinal);
        if (credential is null)
        {
            return isConfigured ? new(next) : null;
        }

        var fields = credential.ToFields();
        if (!credential.Kind.Equals(present.CredentialKind, StringComparison.Ordinal))
        {
            // The state was that of the credential which goes.
            var bare = present.CredentialKind is null ? next : next with { Status = AccountStatus.PendingAuthorization, StatusReason = null };
            return new(Activate(bare, credential.Kind, fields)) { Kind = credential.Kind, Fields = fields, Fingerprints = CredentialFingerprints.Create() };
        }

        var fingerprints = await vault.OpenFingerprintsAsync(present, cancellationToken).ConfigureAwait(false);
        var known = new KnownFields(present, fingerprints);
        if (present.Status == AccountStatus.Active)
        {
            known.DropSpent(fields);
        }

        var active = Activate(next, credential.Kind, fields);
        return active.Status == present.Status && known.HasAll(fields)
            ? isConfigured ? new(next) : null
            : new(active)
            {
                Kind = credential.Kind,
                Fields = fields,
                Fingerprints = fingerprints ?? CredentialFingerprints.Create(),
                Kept = known.Kept(known.Names, fields),
                IsUnreadable = fingerprints is null,
            };
    }

    /// <summary>The next version of an account with what differs.</summary>
    /// <param name="difference">What differs.</param>
    /// <param name="stored">The encrypted credential, where a part of it is kept.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<AccountWrite> ApplyAsync(AccountDifference difference, StoredCredential? stored, CancellationToken cancellationToken)
    {
        if (difference.Fields is not { } fields)
        {
            return new(difference.Next, null);
        }

        if (stored is not null)
        {
            Keep(await vault.OpenAsync(stored, cancellationToken).ConfigureAwait(false), difference.Kept, fields);
        }

        var spent = new KnownFields(difference.Next, difference.Fingerprints).SpentOf(difference.Kept);
        return await SealAsync(difference.Next, difference.Kind!, fields, difference.Fingerprints!, spent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next version of an account with the tokens that a refresh brought. What the refresh left out is kept.</summary>
    public async Task<AccountWrite> RefreshAsync(StoredCredential present, OAuthTokenCredential tokens, CancellationToken cancellationToken)
    {
        var account = present.Account;
        var (stored, fields) = (await vault.OpenAsync(present, cancellationToken).ConfigureAwait(false), tokens.ToFields());
        var fingerprints = await vault.OpenFingerprintsAsync(account, cancellationToken).ConfigureAwait(false) ?? CredentialFingerprints.Create();

        var known = new KnownFields(account, fingerprints);
        var spent = known.SpentBy(fields, stored);
        Keep(stored, known.Kept(stored.Select(field => field.Key), fields), fields);

        // An account that somebody has disconnected meanwhile stays so.
        var next = account.Status == AccountStatus.Active || account.Status == AccountStatus.Expired ? Activate(Next(account), OAuthTokenCredential.KindName, tokens.ToFields()) : Next(account);
        return await SealAsync(next, OAuthTokenCredential.KindName, fields, fingerprints, spent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next version of an account that has another state. The credential stays.</summary>
    public AccountWrite Mark(StoredAccount present, AccountStatus status, string reason) =>
        new(Next(present) with { Status = status, StatusReason = reason }, null);

    private async Task<AccountWrite> SealAsync(
        StoredAccount account,
        string kind,
        JsonObject fields,
        CredentialFingerprints fingerprints,
        IEnumerable<KeyValuePair<string, string>> spent,
        CancellationToken cancellationToken)
    {
        var next = account with
        {
            CredentialVersion = account.CredentialVersion + 1,
            CredentialKind = kind,
            TokenExpiresAt = AccountCredential.FromFields(kind, fields) switch
            {
                OAuthTokenCredential oauth => oauth.AccessTokenExpiresAt,
                TrustedIdentityCredential trusted => trusted.ExpiresAt,
                _ => null,
            },
            Fingerprints = fields.Select(field => KeyValuePair.Create(field.Key, fingerprints.Of(field.Key, field.Value))).Concat(spent).ToDictionary(StringComparer.Ordinal),
        };

        // Encrypted anew with every credential, so that it too moves to a new key.
        next = next with { FingerprintKey = await vault.SealAsync(next, fingerprints, cancellationToken).ConfigureAwait(false) };
        return new(next, await vault.SealAsync(next, fields, cancellationToken).ConfigureAwait(false));
    }

    private StoredAccount Next(StoredAccount present) => present with { Version = present.Version + 1, UpdatedAt = timeProvider.GetUtcNow() };

    /// <summary>The account in the state that what is supplied puts it in: scopes or a domain alone are nothing to call with.</summary>
    private static StoredAccount Activate(StoredAccount account, string kind, JsonObject supplied) =>
        kind is OAuthTokenCredential.KindName && !Array.Exists(OAuthTokenCredential.Ends, one => supplied.ContainsKey(one.Token)) ? account : account with { Status = AccountStatus.Active, StatusReason = null };

    private static void Keep(JsonObject stored, IReadOnlySet<string> kept, JsonObject fields)
    {
        foreach (var name in kept)
        {
            fields[name] = stored[name]?.DeepClone();
        }
    }
}
