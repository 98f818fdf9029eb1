using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Errors;

namespace ScmIntegrations.AspNetCore.Accounts;

/// <summary>The application's Data Protection, with the whole context as a purpose: what belongs to another account or version is not decrypted.</summary>
internal sealed class DataProtectionCredentialProtector(IDataProtectionProvider provider, IKeyManager keys) : ICredentialProtector
{
    // Keeps what is encrypted here apart from cookies and all else that the application protects. Changing it makes everything unreadable.
    private const string Purpose = "ScmIntegrations.Accounts";

    public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> plaintext, ProtectionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        var copy = plaintext.ToArray();
        try
        {
            return new(ProtectorOf(context).Protect(copy));
        }
        catch (CryptographicException exception)
        {
            throw KeyRing("encrypted, so nothing was stored", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    public ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(ProtectorOf(context).Unprotect(ciphertext.ToArray()));
        }
        catch (CryptographicException exception)
        {
            throw context.Unreadable(Why(ciphertext.Span), exception);
        }
    }

    private IDataProtector ProtectorOf(ProtectionContext context) => provider.CreateProtector(Purpose, Convert.ToBase64String(context.ToBytes()));

    /// <summary>Whether the key is gone, or what is stored is another than was written: the framework says both with one exception.</summary>
    private string Why(ReadOnlySpan<byte> ciphertext) => ProtectedPayload.KeyIdOf(ciphertext) is not { } id
        ? "it was cut off or changed, or was not encrypted by Data Protection"
        : Find(id) switch
        {
            null => $"its key {id} is not among the application's Data Protection keys",
            { IsRevoked: true } => $"its key {id} was revoked",
            _ => "it was changed, or belongs to another account or version, or to an application of another name",
        };

    private IKey? Find(Guid id)
    {
        try
        {
            return keys.GetAllKeys().FirstOrDefault(key => key.KeyId == id);
        }
        catch (Exception exception)
        {
            // Whatever the application keeps its keys in. Nothing is known to be wrong with the credential then.
            throw KeyRing("decrypted", exception);
        }
    }

    private static ScmException KeyRing(string what, Exception cause) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.Transport,
            Origin = ErrorOrigin.Transport,
            CredentialOwner = CredentialOwner.Operator,
            Message = $"A credential could not be {what}: the application's Data Protection keys cannot be had. Check that it can read and write the place where they are kept.",
        },
        cause);
}
