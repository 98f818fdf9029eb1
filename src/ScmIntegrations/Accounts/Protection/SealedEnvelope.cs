using System.Text;

namespace ScmIntegrations.Accounts.Protection;

/// <summary>
/// What encrypted bytes look like: one byte for the format, one for the length of the key's id, the id in ASCII, the nonce, the tag, and the
/// ciphertext. The header, up to and with the id, is authenticated and not encrypted.
/// </summary>
internal readonly ref struct SealedEnvelope
{
    public const int TagLength = 16;

    private const byte Format = 1;
    private const int NonceLength = 12;
    private const int BeforeKeyId = 2;

    private SealedEnvelope(byte[] bytes, string keyId) => (Bytes, KeyId) = (bytes, keyId);

    public byte[] Bytes { get; }

    public string KeyId { get; }

    public Span<byte> Header => Bytes.AsSpan(0, BeforeKeyId + KeyId.Length);

    public Span<byte> Nonce => Bytes.AsSpan(Header.Length, NonceLength);

    public Span<byte> Tag => Bytes.AsSpan(Header.Length + NonceLength, TagLength);

    public Span<byte> Ciphertext => Bytes.AsSpan(Header.Length + NonceLength + TagLength);

    /// <summary>An envelope with its header, and room for the rest.</summary>
    public static SealedEnvelope Create(string keyId, int plaintextLength)
    {
        var envelope = new SealedEnvelope(new byte[BeforeKeyId + keyId.Length + NonceLength + TagLength + plaintextLength], keyId);
        (envelope.Bytes[0], envelope.Bytes[1]) = (Format, (byte)keyId.Length);
        Encoding.ASCII.GetBytes(keyId, envelope.Header[BeforeKeyId..]);
        return envelope;
    }

    /// <summary>Finds the parts. The id is one that a key can have, so it may stand in a message.</summary>
    public static bool TryRead(byte[] bytes, out SealedEnvelope envelope)
    {
        envelope = default;
        if (bytes is not [Format, var length, ..] || bytes.Length < BeforeKeyId + length + NonceLength + TagLength)
        {
            return false;
        }

        var keyId = Encoding.Latin1.GetString(bytes, BeforeKeyId, length);
        if (!AccountEncryptionKey.IsId(keyId))
        {
            return false;
        }

        envelope = new SealedEnvelope(bytes, keyId);
        return true;
    }
}
