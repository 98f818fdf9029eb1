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
            ? new(account, ReadOnlyMemory<byte>.Empty)
            : await SealAsync(account, credential.Kind, credential.ToFields(), CredentialFingerprints.Create(), [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What differs between an account and what is supplied, told without its credential; <see langword="null"/> when it has all of that.</summary>
    public async Task<AccountDifference?> CompareAsync(StoredAccount present, AccountCredential? credential, JsonElement? apiConfiguration, CancellationToken cancellationToken)
    {
        var next = Next(present) with { ApiConfiguration = ApiConfiguration.Merge(present.ApiConfiguration, apiConfiguration) };
        var isConfigured = !string.Equals(next.ApiConfiguration, present.ApiConfiguration, StringComparison.Ordinal);
        if (credential is null)
        {
            return isConfigured ? new(next) : null;
        }

        var fields = credential.ToFields();
        if (!credential.Kind.Equals(present.CredentialKind, StringComparison.Ordinal))
        {
            return new(next) { Kind = credential.Kind, Fields = fields, Fingerprints = CredentialFingerprints.Create() };
        }

        var fingerprints = await vault.OpenFingerprintsAsync(present, cancellationToken).ConfigureAwait(false);
        return present.Status == AccountStatus.Active && fingerprints is not null && fields.All(field => Has(present, fingerprints, field))
            ? isConfigured ? new(next) : null
            : new(next) { Kind = credential.Kind, Fields = fields, Fingerprints = fingerprints ?? CredentialFingerprints.Create(), Kept = Kept(present, fingerprints, fields) };
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

        return await SealAsync(difference.Next, difference.Kind!, fields, difference.Fingerprints!, [], cancellationToken).ConfigureAwait(false);
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
        Keep(stored, Kept(account, fingerprints, fields), fields);
        return await SealAsync(Next(account), OAuthTokenCredential.KindName, fields, fingerprints, supplied, cancellationToken).ConfigureAwait(false);
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
            Status = AccountStatus.Active,
            StatusReason = null,
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

    /// <summary>Whether the account has a field already, or a refresh has put another token in the place of exactly this one.</summary>
    private static bool Has(StoredAccount present, CredentialFingerprints fingerprints, KeyValuePair<string, JsonNode?> field)
    {
        var fingerprint = fingerprints.Of(field.Key, field.Value);
        return Is(field.Key) || Is(Supplied + field.Key);

        bool Is(string name) => present.Fingerprints.TryGetValue(name, out var stored) && stored.Equals(fingerprint, StringComparison.Ordinal);
    }

    /// <summary>The stored fields that stay: those that are not supplied, save the end of a token that is replaced.</summary>
    private static HashSet<string> Kept(StoredAccount present, CredentialFingerprints? fingerprints, JsonObject supplied)
    {
        var kept = present.Fingerprints.Keys.Where(name => !name.StartsWith(Supplied, StringComparison.Ordinal) && !supplied.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (token, end) in Ends)
        {
            if (supplied.TryGetPropertyValue(token, out var value)
                && (fingerprints is null || !fingerprints.Of(token, value).Equals(present.Fingerprints.GetValueOrDefault(token), StringComparison.Ordinal)))
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
