using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts.Protection;

/// <summary>Turns the fields of a credential into what is stored, and back. What is encrypted is bound to tenant, account and version.</summary>
internal sealed class CredentialVault(ICredentialProtector protector)
{
    private const string Credential = "credential";
    private const string FingerprintKey = "fingerprint_key";
    private const string Changed = "it was changed, or is another account's or version's";

    /// <summary>Encrypts the fields as the account's present <see cref="StoredAccount.CredentialVersion"/>.</summary>
    public Task<byte[]> SealAsync(StoredAccount account, JsonObject fields, CancellationToken cancellationToken) =>
        ProtectAsync(Encoding.UTF8.GetBytes(fields.ToJsonString()), Of(account, Credential, account.CredentialVersion), cancellationToken);

    /// <summary>Decrypts the fields of a credential.</summary>
    /// <exception cref="ScmCredentialUnreadableException">They were changed or swapped, or their key is gone.</exception>
    public async Task<JsonObject> OpenAsync(StoredCredential stored, CancellationToken cancellationToken)
    {
        var context = Of(stored.Account, Credential, stored.Account.CredentialVersion);
        var plaintext = await UnprotectAsync(stored.Sealed, context, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonNode.Parse(plaintext) as JsonObject ?? throw context.Unreadable(Changed);
        }
        catch (JsonException exception)
        {
            throw context.Unreadable(Changed, exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>Decrypts a credential.</summary>
    /// <exception cref="ScmCredentialUnreadableException">It was changed or swapped, its key is gone, or its kind is none.</exception>
    public async Task<AccountCredential> OpenCredentialAsync(StoredCredential stored, CancellationToken cancellationToken)
    {
        var fields = await OpenAsync(stored, cancellationToken).ConfigureAwait(false);
        try
        {
            return AccountCredential.FromFields(stored.Account.CredentialKind!, fields);
        }
        catch (ArgumentException exception)
        {
            throw Of(stored.Account, Credential, stored.Account.CredentialVersion).Unreadable(Changed, exception);
        }
    }

    /// <summary>Encrypts the key of an account's fingerprints.</summary>
    public Task<byte[]> SealAsync(StoredAccount account, CredentialFingerprints fingerprints, CancellationToken cancellationToken) =>
        ProtectAsync(fingerprints.CopyKey(), Of(account, FingerprintKey, 0), cancellationToken);

    /// <summary>Decrypts the key of an account's fingerprints; no secret of the account's is read.</summary>
    /// <returns>The key; <see langword="null"/> when there is none, or none that can be read: then nothing is known to be the same.</returns>
    public async Task<CredentialFingerprints?> OpenFingerprintsAsync(StoredAccount account, CancellationToken cancellationToken)
    {
        if (account.FingerprintKey.IsEmpty)
        {
            return null;
        }

        try
        {
            return new CredentialFingerprints(await UnprotectAsync(account.FingerprintKey, Of(account, FingerprintKey, 0), cancellationToken).ConfigureAwait(false));
        }
        catch (ScmCredentialUnreadableException)
        {
            // Not lost: the supplied credential takes the place of what cannot be compared, and what has to be kept is decrypted first.
            return null;
        }
    }

    private async Task<byte[]> ProtectAsync(byte[] plaintext, ProtectionContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await protector.ProtectAsync(plaintext, context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private async Task<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await protector.UnprotectAsync(ciphertext, context, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException exception)
        {
            // A protector of the application's own that throws what cryptography throws.
            throw context.Unreadable(Changed, exception);
        }
    }

    private static ProtectionContext Of(StoredAccount account, string purpose, long version) => new(purpose, account.Identity, account.Id, version);
}
