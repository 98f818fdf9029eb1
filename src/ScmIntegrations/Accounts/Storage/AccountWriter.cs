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
    // A token's end is the token's: another token does not inherit it.
    private static readonly (string Token, string End)[] Ends =
    [
        (OAuthTokenCredential.AccessTokenField, OAuthTokenCredential.AccessTokenEndField),
        (OAuthTokenCredential.RefreshTokenField, OAuthTokenCredential.RefreshTokenEndField),
    ];

    // Beside the fingerprint of a token that a refresh brought, that of the one which the user had supplied.
    private const string Supplied = "supplied.";

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
        if (fingerprints is not null && present.Status == AccountStatus.Active)
        {
            DropSpent(present, fingerprints, fields);
        }

        var active = Activate(next, credential.Kind, fields);
        return active.Status == present.Status && fingerprints is not null && fields.All(field => Is(present, field.Key, fingerprints.Of(field.Key, field.Value)))
            ? isConfigured ? new(next) : null
            : new(active) { Kind = credential.Kind, Fields = fields, Fingerprints = fingerprints ?? CredentialFingerprints.Create(), Kept = Kept(present, Stored(present), fingerprints, fields), IsUnreadable = fingerprints is null };
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

        // What was supplied for a field that stays is still known as spent.
        var supplied = difference.Next.Fingerprints.Where(one => IsSupplied(difference.Kind, one.Key) && difference.Kept.Contains(one.Key[Supplied.Length..])).ToList();
        return await SealAsync(difference.Next, difference.Kind!, fields, difference.Fingerprints!, supplied, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next version of an account with the tokens that a refresh brought. What the refresh left out is kept.</summary>
    public async Task<AccountWrite> RefreshAsync(StoredCredential present, OAuthTokenCredential tokens, CancellationToken cancellationToken)
    {
        var account = present.Account;
        var (stored, fields) = (await vault.OpenAsync(present, cancellationToken).ConfigureAwait(false), tokens.ToFields());
        var fingerprints = await vault.OpenFingerprintsAsync(account, cancellationToken).ConfigureAwait(false) ?? CredentialFingerprints.Create();

        // Whoever supplies again what the user once supplied must not undo the refresh: those tokens are spent.
        var supplied = stored
            .Where(field => fields.ContainsKey(field.Key) || account.Fingerprints.ContainsKey(Supplied + field.Key))
            .Select(field => KeyValuePair.Create(Supplied + field.Key, account.Fingerprints.GetValueOrDefault(Supplied + field.Key) ?? fingerprints.Of(field.Key, field.Value)))
            .ToList();
        // An account that somebody has disconnected meanwhile stays so.
        var brought = account.Status == AccountStatus.Active || account.Status == AccountStatus.Expired ? Activate(Next(account), OAuthTokenCredential.KindName, fields) : Next(account);
        Keep(stored, Kept(account, stored.Select(field => field.Key), fingerprints, fields), fields);
        return await SealAsync(brought, OAuthTokenCredential.KindName, fields, fingerprints, supplied, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next version of an account that has another state. The credential stays.</summary>
    public AccountWrite Mark(StoredAccount present, AccountStatus status, string reason) =>
        new(Next(present) with { Status = status, StatusReason = reason }, null);

    private async Task<AccountWrite> SealAsync(
        StoredAccount account,
        string kind,
        JsonObject fields,
        CredentialFingerprints fingerprints,
        IEnumerable<KeyValuePair<string, string>> supplied,
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
            Fingerprints = fields.Select(field => KeyValuePair.Create(field.Key, fingerprints.Of(field.Key, field.Value))).Concat(supplied).ToDictionary(StringComparer.Ordinal),
        };

        // Encrypted anew with every credential, so that it too moves to a new key.
        next = next with { FingerprintKey = await vault.SealAsync(next, fingerprints, cancellationToken).ConfigureAwait(false) };
        return new(next, await vault.SealAsync(next, fields, cancellationToken).ConfigureAwait(false));
    }

    private StoredAccount Next(StoredAccount present) => present with { Version = present.Version + 1, UpdatedAt = timeProvider.GetUtcNow() };

    /// <summary>The account in the state that what is supplied puts it in: scopes or a domain alone are nothing to call with.</summary>
    private static StoredAccount Activate(StoredAccount account, string kind, JsonObject supplied) =>
        kind is OAuthTokenCredential.KindName && !Array.Exists(Ends, one => supplied.ContainsKey(one.Token)) ? account : account with { Status = AccountStatus.Active, StatusReason = null };

    /// <summary>Leaves out of what is supplied again that in whose place a refresh has put something else, and the ends of such tokens.</summary>
    private static void DropSpent(StoredAccount present, CredentialFingerprints fingerprints, JsonObject supplied)
    {
        foreach (var (name, value) in supplied.ToList())
        {
            var fingerprint = fingerprints.Of(name, value);
            if (IsSupplied(present.CredentialKind, Supplied + name) && Is(present, Supplied + name, fingerprint) && !Is(present, name, fingerprint))
            {
                supplied.Remove(name);
                supplied.Remove(Array.Find(Ends, one => one.Token.Equals(name, StringComparison.Ordinal)).End ?? name);
            }
        }
    }

    private static bool Is(StoredAccount present, string name, string fingerprint) => fingerprint.Equals(present.Fingerprints.GetValueOrDefault(name), StringComparison.Ordinal);

    /// <summary>Whether it is the fingerprint of what was once supplied. Only tokens are refreshed; the names of other kinds are their users' own.</summary>
    private static bool IsSupplied(string? kind, string name) => kind is OAuthTokenCredential.KindName && name.StartsWith(Supplied, StringComparison.Ordinal);

    /// <summary>The names of the stored fields, without reading them.</summary>
    private static IEnumerable<string> Stored(StoredAccount present) => present.Fingerprints.Keys.Where(name => !IsSupplied(present.CredentialKind, name));

    /// <summary>The stored fields that stay: those that are not supplied, save the end of a token that is replaced.</summary>
    private static HashSet<string> Kept(StoredAccount present, IEnumerable<string> stored, CredentialFingerprints? fingerprints, JsonObject supplied)
    {
        var kept = stored.Where(name => !supplied.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (token, end) in Ends)
        {
            if (supplied.TryGetPropertyValue(token, out var value) && (fingerprints is null || !Is(present, token, fingerprints.Of(token, value))))
            {
                kept.Remove(end);
            }
        }

        return kept;
    }

    private static void Keep(JsonObject stored, IReadOnlySet<string> kept, JsonObject fields)
    {
        foreach (var name in kept)
        {
            fields[name] = stored[name]?.DeepClone();
        }
    }
}
