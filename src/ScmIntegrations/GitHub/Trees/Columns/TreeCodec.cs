using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>
/// A tree as bytes, to be kept elsewhere: a version, the numbers that say how long everything is, then column by column as it
/// stands in memory. Not compressed; the columns are laid out so that it can be done well.
/// </summary>
/// <remarks>
/// Version 1, numbers in base 128 with the lowest digits first, texts as a length and their UTF-16 units as numbers:
/// version (1 byte), count, bytes of all paths, width of an id, id of the tree, number of missing folders and the folders, kinds (1 byte each),
/// ids, lengths of the paths, sizes where a kind says that there is one, paths, number of odd entries and each with place, mode, id,
/// a byte for whether it has a size, and the size.
/// </remarks>
internal static class TreeCodec
{
    /// <summary>Changes with the format. What another version wrote is not read.</summary>
    public const byte Version = 1;

    public static byte[] Write(RepositoryTree tree)
    {
        var columns = tree.Columns;
        var bytes = new TreeBytesWriter(64 + columns.Paths.Length + (columns.Count * (columns.IdWidth + 6)));
        bytes.WriteByte(Version);
        bytes.WriteNumber((uint)columns.Count);
        bytes.WriteNumber((uint)columns.Paths.Length);
        bytes.WriteNumber((uint)columns.IdWidth);
        bytes.WriteText(tree.Sha);
        bytes.WriteNumber((uint)tree.MissingFolders.Count);
        foreach (var folder in tree.MissingFolders)
        {
            bytes.WriteText(folder);
        }

        bytes.WriteBytes(columns.Kinds);
        bytes.WriteBytes(columns.Ids);
        for (var index = 0; index < columns.Count; index++)
        {
            bytes.WriteNumber((uint)columns.PathOf(index).Length);
        }

        for (var index = 0; index < columns.Count; index++)
        {
            if ((columns.KindOf(index) & EntryKind.HasSize) != 0)
            {
                bytes.WriteNumber(columns.PlainSizeOf(index));
            }
        }

        bytes.WriteBytes(columns.Paths);
        WriteOdd(bytes, columns.OddEntries);
        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">Any bytes; what they announce is not believed before it is there.</param>
    /// <param name="tree">The tree.</param>
    /// <returns>Whether the bytes are a tree of this version, from the first to the last.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RepositoryTree? tree)
    {
        var from = new TreeBytesReader(bytes);
        tree = null;
        if (!from.TryReadByte(out var version) || version != Version
            || !from.TryReadCount(out var count) || !from.TryReadCount(out var pathBytes) || !from.TryReadCount(out var idWidth)
            || idWidth is not (0 or 20 or 32)
            || !from.TryReadText(out var sha)
            || !TreeColumnsReader.TryReadMissing(ref from, out var missing)
            || !from.TryReadBytes(count, out var kinds)
            || !from.TryReadBytes((long)count * idWidth, out var ids)
            || !TreeColumnsReader.TryReadEnds(ref from, count, pathBytes, out var ends)
            || !TreeColumnsReader.TryReadSizes(ref from, kinds, out var sizes)
            || !from.TryReadBytes(pathBytes, out var paths)
            || !TreeColumnsReader.TryReadOdd(ref from, kinds, hasIds: idWidth > 0, out var odd)
            || !from.IsAtEnd
            || !TreeColumnsReader.ArePaths(paths, ends, kinds, out var isOrdered))
        {
            return false;
        }

        var columns = new TreeColumns(paths.ToArray(), ends, ids.ToArray(), sizes, kinds.ToArray(), odd, isOrdered);
        tree = new RepositoryTree(sha, columns, missing);
        return true;
    }

    private static void WriteOdd(TreeBytesWriter bytes, ReadOnlySpan<OddEntry> odd)
    {
        bytes.WriteNumber((uint)odd.Length);
        foreach (var entry in odd)
        {
            bytes.WriteNumber((uint)entry.Index);
            bytes.WriteText(entry.Mode);
            bytes.WriteText(entry.Sha);
            bytes.WriteByte(entry.Size is null ? (byte)0 : (byte)1);
            if (entry.Size is { } size)
            {
                bytes.WriteNumber((ulong)size);
            }
        }
    }
}
