using System.Text;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>A file with its content in memory.</summary>
public sealed record GitHubFile
{
    /// <summary>The path that was asked for.</summary>
    public required string Path { get; init; }

    /// <summary>The content, byte for byte. Of a symbolic link that leads to a file of the repository, that file's.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The blob id of the content, computed from it: what an update of the file has to name.</summary>
    public required string Sha { get; init; }

    /// <summary>The entity tag, as GitHub wrote it. It holds for the credential that was used.</summary>
    public string? ETag { get; init; }

    /// <summary>The length of the content, in bytes.</summary>
    public int Size => Content.Length;

    /// <summary>The content as UTF-8 text, without a byte order mark. What is not UTF-8 becomes U+FFFD.</summary>
    /// <returns>The text.</returns>
    public string GetText()
    {
        var bytes = Content.Span;
        return Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
    }

    /// <summary>Path, size and id; not the content.</summary>
    /// <returns>For example <c>README.md, 13 bytes, 980a0d5f…</c>.</returns>
    public override string ToString() => $"{Path}, {Size} bytes, {Sha}";
}
