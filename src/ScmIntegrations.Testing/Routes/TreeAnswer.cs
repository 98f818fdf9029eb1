using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>A tree, written entry by entry while it is sent.</summary>
internal sealed class TreeAnswer(string repositoryUrl, string sha, FakeTreeSlice slice, bool isRecursive, int truncateAbove) : Answer
{
    private const int EntriesBetweenFlushes = 256;

    internal override string? Version =>
        string.Create(CultureInfo.InvariantCulture, $"{repositoryUrl} {sha} {slice.TreeId} {isRecursive} {truncateAbove}");

    internal override async Task WriteAsync(AnswerContext answering)
    {
        var body = new JsonBody(answering.Context, status: 200);
        await using (body.ConfigureAwait(false))
        {
            var json = body.Writer;
            json.WriteStartObject();
            json.WriteString("sha", sha);
            json.WriteString("url", $"{repositoryUrl}/git/trees/{sha}");
            json.WriteStartArray("tree");
            var isTruncated = await WriteEntriesAsync(body, answering.CancellationToken).ConfigureAwait(false);
            json.WriteEndArray();
            json.WriteBoolean("truncated", isTruncated);
            json.WriteEndObject();
            await body.FlushAsync(answering.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> WriteEntriesAsync(JsonBody body, CancellationToken cancellationToken)
    {
        var written = 0;
        for (var index = 0; index < slice.Entries.Length; index++)
        {
            var entry = slice.Entries.Span[index];
            var path = entry.Path.AsMemory(slice.PrefixLength);
            if (!isRecursive && path.Span.Contains('/'))
            {
                continue;
            }

            if (isRecursive && written >= truncateAbove)
            {
                return true;
            }

            WriteEntry(body.Writer, repositoryUrl, entry, path.Span);
            if (++written % EntriesBetweenFlushes == 0)
            {
                await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    public static void WriteEntry(Utf8JsonWriter json, string repositoryUrl, FakeTreeEntry entry, ReadOnlySpan<char> path)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("mode", entry.Mode);
        json.WriteString("type", entry.Type);
        json.WriteString("sha", entry.Sha);
        if (entry.Size is { } size)
        {
            json.WriteNumber("size", size);
        }

        // A submodule's commit lives in another repository, so it has no address here.
        if (entry.Type is not "commit")
        {
            json.WriteString("url", $"{repositoryUrl}/git/{entry.Type}s/{entry.Sha}");
        }

        json.WriteEndObject();
    }
}
