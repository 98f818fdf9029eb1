using System.Text;
using System.Text.Json;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Trees.Reading;
using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Bodies read by the streaming reader and by the serializer, each in words that can be compared.</summary>
internal static class TreeBodies
{
    public const string Unusable = "unusable";

    /// <summary>What the client makes of a body that comes in pieces of some size.</summary>
    public static async Task<string> ReadAsync(byte[] body, int pieceBytes, int maxDepth = 64, int maxBytes = int.MaxValue) => await DescribeAsync(async () =>
    {
        await using var stream = new BoundedStream(new PieceStream(body, pieceBytes), maxBytes);
        var answer = await new BoundedJson(maxDepth).ReadAsync(stream, TreeAnswerReader.ReadAsync, TestContext.Current.CancellationToken);
        return answer.IsUsable && GitRefName.IsValid(answer.Sha)
            ? Describe(answer.Sha, answer.IsTruncated, new RepositoryTree(answer.Sha, answer.Entries, []).Select(entry => (entry.Path, entry.Mode, entry.Type, entry.Sha, entry.Size)))
            : Unusable;
    });

    /// <summary>What the serializer makes of it, and the checks that a tree then has to pass.</summary>
    public static async Task<string> ReadTwinAsync(byte[] body, int maxDepth = 64, int maxBytes = int.MaxValue) => await DescribeAsync(async () =>
    {
        await using var stream = new BoundedStream(new MemoryStream(body), maxBytes);
        var twin = await new BoundedJson(maxDepth).ReadAsync(stream, TreeTwinJson.Default.TreeTwin, TestContext.Current.CancellationToken);
        return GitRefName.IsValid(twin.Sha) && twin.Tree.TrueForAll(entry => entry is { Path.Length: > 0, Sha.Length: > 0 and <= 64 } && entry.Sha.All(char.IsAsciiHexDigit))
            ? Describe(twin.Sha, twin.Truncated, twin.Tree.Select(entry => (entry!.Path, entry.Mode, TypeOf(entry.Type), entry.Sha.ToLowerInvariant(), entry.Size)))
            : Unusable;
    });

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<string> DescribeAsync(Func<Task<string>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is JsonException or BodyTooLargeException)
        {
            return error.GetType().Name;
        }
    }

    private static string Describe(string sha, bool isTruncated, IEnumerable<(string Path, string Mode, TreeEntryType Type, string Sha, long? Size)> entries) =>
        $"{sha} {isTruncated} {string.Join('|', entries)}";

    private static TreeEntryType TypeOf(string type) => type switch
    {
        "blob" => TreeEntryType.Blob,
        "tree" => TreeEntryType.Tree,
        "commit" => TreeEntryType.Commit,
        _ => TreeEntryType.Unknown,
    };

    /// <summary>Gives a few bytes at a time, as a network may.</summary>
    private sealed class PieceStream(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, pieceBytes));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(Read(buffer.Span[..Math.Min(buffer.Length, pieceBytes)]));
        }

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, pieceBytes)]);
    }
}
