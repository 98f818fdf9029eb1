using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>The id that git gives to the content of a file: a hash of a short header with the length, and of the content.</summary>
internal static class GitBlobId
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether a text is an object id: 40 hexadecimal digits, or 64 where a repository uses SHA-256.</summary>
    public static bool IsValid([NotNullWhen(true)] string? sha) =>
        sha is { Length: 40 or 64 } && !sha.AsSpan().ContainsAnyExcept(Digits);

    /// <summary>Returns the id when it is one.</summary>
    /// <exception cref="ArgumentException">The text is no object id.</exception>
    public static string Check(string sha, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(sha, parameter);
        return IsValid(sha) ? sha : throw new ArgumentException($"'{sha}' is not the id of a blob: 40 or 64 hexadecimal digits.", parameter);
    }

    /// <summary>The id of a content.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Of(content, likeSha: null);

    /// <summary>Whether a content has an id.</summary>
    public static bool IsOf(string sha, ReadOnlySpan<byte> content) => sha.Equals(Of(content, sha), StringComparison.OrdinalIgnoreCase);

    /// <summary>Begins the hash that an id was made by, for a content of a known length.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "It is what git's ids are; nothing is protected by it.")]
    public static IncrementalHash Begin(long length, string? likeSha)
    {
        var hash = IncrementalHash.CreateHash(likeSha is { Length: 64 } ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {length}\0")));
        return hash;
    }

    private static string Of(ReadOnlySpan<byte> content, string? likeSha)
    {
        using var hash = Begin(content.Length, likeSha);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
