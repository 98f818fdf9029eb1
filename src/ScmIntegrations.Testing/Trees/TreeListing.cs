using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Reads the tab-separated listing format.</summary>
internal static class TreeListing
{
    public static FakeTree Read(Stream listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        using var buffer = new MemoryStream();
        listing.CopyTo(buffer);
        buffer.Position = 0;
        if (!IsGzip(buffer))
        {
            return ReadText(buffer);
        }

        using var plain = new GZipStream(buffer, CompressionMode.Decompress);
        return ReadText(plain);
    }

    private static bool IsGzip(MemoryStream buffer) =>
        buffer.TryGetBuffer(out var bytes) && bytes is [0x1F, 0x8B, ..];

    private static FakeTree ReadText(Stream text)
    {
        using var reader = new StreamReader(text, Encoding.UTF8);
        var commit = ReadHeader(reader, "# commit");
        var tree = ReadHeader(reader, "# tree");
        var entries = new List<FakeTreeEntry>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                entries.Add(ReadEntry(line));
            }
        }

        return new FakeTree(commit, tree, entries);
    }

    private static string ReadHeader(StreamReader reader, string name)
    {
        var line = reader.ReadLine();
        return line is not null && line.StartsWith(name, StringComparison.Ordinal)
            ? line[name.Length..].Trim()
            : throw new FormatException($"A tree listing has a line that starts with '{name}'; found '{line}'.");
    }

    private static FakeTreeEntry ReadEntry(string line)
    {
        var fields = line.Split('\t', 5);
        if (fields.Length < 5)
        {
            throw new FormatException($"A line of a tree listing has five fields separated by tabs; found '{line}'.");
        }

        long? size = fields[3] is "-" ? null : long.Parse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture);
        return new FakeTreeEntry(fields[4], fields[0], fields[1], fields[2], size);
    }
}
