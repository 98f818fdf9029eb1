using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ScmIntegrations.Caching;

/// <summary>
/// A key of the second level, apart for every host and credential identity. The parts are hashed, so any text of any length
/// will do, and no store sees a name of a repository. A change of the format changes the number at its beginning.
/// </summary>
internal sealed record SecondLevelKey
{
    private const string Format = "scm1";

    private SecondLevelKey(string kind, string text) => (Kind, Text) = (kind, text);

    /// <summary>What sort of value it leads to: a word of ours.</summary>
    public string Kind { get; }

    /// <summary>The key as stores see it: ASCII, under 80 characters.</summary>
    public string Text { get; }

    /// <summary>Makes a key.</summary>
    /// <param name="kind">What sort of value: a short word of ours.</param>
    /// <param name="host">The host that was asked.</param>
    /// <param name="credential">The identity of the credential that was asked with; never a secret.</param>
    /// <param name="parts">What tells the value from others of its kind.</param>
    public static SecondLevelKey Of(string kind, string host, string credential, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, host);
        Append(hash, credential);
        foreach (var part in parts)
        {
            Append(hash, part);
        }

        return new(kind, $"{Format}:{kind}:{Base64Url.EncodeToString(hash.GetHashAndReset())}");
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // The length before the text, so that no two lists of parts are the same bytes.
    private static void Append(IncrementalHash hash, string part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
    }
}
