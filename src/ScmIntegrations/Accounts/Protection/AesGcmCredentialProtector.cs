using System.Security.Cryptography;

namespace ScmIntegrations.Accounts.Protection;

/// <summary>
/// AES-256-GCM with the operator's keys: the first one encrypts, and each decrypts what was encrypted with it. Bound to the context and to
/// the key's id, so that nothing can be changed, cut off, or put in another's place.
/// </summary>
/// <remarks>A nonce is 96 random bits: good for 2^32 encryptions under one key (NIST SP 800-38D, 8.3), so a key is replaced long before.</remarks>
internal sealed class AesGcmCredentialProtector : ICredentialProtector
{
    private readonly AccountEncryptionKey _first;
    private readonly Dictionary<string, AccountEncryptionKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Takes the keys.</summary>
    /// <exception cref="ArgumentException">There is none, or two have the same id.</exception>
    public AesGcmCredentialProtector(IReadOnlyList<AccountEncryptionKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _first = keys is [var first, ..] ? first : throw new ArgumentException("There is no key to encrypt credentials with; at least one is needed.", nameof(keys));
        foreach (var key in keys)
        {
            if (!_keys.TryAdd(key.Id, key))
            {
                throw new ArgumentException($"Two keys have the id '{key.Id}'. A stored credential names its key by the id, so each has one of its own.", nameof(keys));
            }
        }
    }

    public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> plaintext, ProtectionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        var envelope = SealedEnvelope.Create(_first.Id, plaintext.Length);
        RandomNumberGenerator.Fill(envelope.Nonce);
        using var aes = new AesGcm(_first.Key, SealedEnvelope.TagLength);
        aes.Encrypt(envelope.Nonce, plaintext.Span, envelope.Ciphertext, envelope.Tag, Bound(envelope, context));
        return new(envelope.Bytes);
    }

    public ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (!SealedEnvelope.TryRead(ciphertext.ToArray(), out var envelope))
        {
            throw context.Unreadable("it was cut off or changed, or was not encrypted by this version of the library");
        }

        if (!_keys.TryGetValue(envelope.KeyId, out var key))
        {
            throw context.Unreadable($"the key '{envelope.KeyId}' that it names is not among the application's keys");
        }

        var plaintext = new byte[envelope.Ciphertext.Length];
        try
        {
            using var aes = new AesGcm(key.Key, SealedEnvelope.TagLength);
            aes.Decrypt(envelope.Nonce, envelope.Ciphertext, envelope.Tag, plaintext, Bound(envelope, context));
            return new(plaintext);
        }
        catch (CryptographicException exception)
        {
            throw context.Unreadable($"it was changed, belongs to another account or version, or the key '{key.Id}' has another content than when it was written", exception);
        }
    }

    private static byte[] Bound(SealedEnvelope envelope, ProtectionContext context) => [.. envelope.Header, .. context.ToBytes()];
}
