using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Http;

/// <summary>The secrets that the signature of a webhook (HMAC-SHA256 of the body) may have been made with. Holds them as bytes and never shows them.</summary>
internal sealed class SignatureSecrets
{
    /// <summary>What may stand before the digits.</summary>
    public const string Prefix = "sha256=";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[][] _secrets;

    /// <summary>Takes the secrets that are some: anybody can sign with an empty one.</summary>
    public SignatureSecrets(IEnumerable<string> secrets) =>
        _secrets = [.. secrets.Where(secret => !string.IsNullOrWhiteSpace(secret)).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether there is none, so that nothing can be verified.</summary>
    public bool IsEmpty => _secrets.Length == 0;

    /// <summary>Whether a signature has the form of one: the prefix and 64 hexadecimal digits.</summary>
    public static bool IsWellFormed(string signature, bool isPrefixOptional = false) =>
        TryRead(signature, isPrefixOptional, stackalloc byte[HMACSHA256.HashSizeInBytes]);

    /// <summary>Whether one of the secrets made the signature. Takes as long whichever it is, and wherever a wrong one differs.</summary>
    public bool Verify(ReadOnlySpan<byte> body, string signature, bool isPrefixOptional = false)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryRead(signature, isPrefixOptional, given))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var verified = false;
        foreach (var secret in _secrets)
        {
            HMACSHA256.HashData(secret, body, expected);
            verified |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return verified;
    }

    private static bool TryRead(string signature, bool isPrefixOptional, Span<byte> bytes)
    {
        var hasPrefix = signature.StartsWith(Prefix, StringComparison.Ordinal);
        var digits = signature.AsSpan(hasPrefix ? Prefix.Length : 0);
        return (hasPrefix || isPrefixOptional)
            && digits.Length == 2 * bytes.Length
            && Convert.FromHexString(digits, bytes, out _, out _) is OperationStatus.Done;
    }
}
