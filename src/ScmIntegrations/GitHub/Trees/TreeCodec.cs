using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.GitHub.Trees;

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
            || !TryReadMissing(ref from, out var missing)
            || !from.TryReadBytes(count, out var kinds)
            || !from.TryReadBytes((long)count * idWidth, out var ids)
            || !TryReadEnds(ref from, count, pathBytes, out var ends)
            || !TryReadSizes(ref from, kinds, out var sizes)
            || !from.TryReadBytes(pathBytes, out var paths)
            || !TryReadOdd(ref from, kinds, hasIds: idWidth > 0, out var odd)
            || !from.IsAtEnd
            || !ArePaths(paths, ends, kinds, out var isOrdered))
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

    private static bool TryReadMissing(ref TreeBytesReader from, out string[] missing)
    {
        missing = [];
        if (!from.TryReadCount(out var count))
        {
            return false;
        }

        missing = count == 0 ? [] : new string[count];
        for (var index = 0; index < count; index++)
        {
            if (!from.TryReadText(out missing[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadEnds(ref TreeBytesReader from, int count, int pathBytes, out int[] ends)
    {
        ends = from.Left < count ? [] : new int[count];
        long end = 0;
        for (var index = 0; index < ends.Length; index++)
        {
            if (!from.TryReadNumber(out var length) || length > (ulong)(pathBytes - end))
            {
                return false;
            }

            end += (long)length;
            ends[index] = (int)end;
        }

        return ends.Length == count && end == pathBytes;
    }

    private static bool TryReadSizes(ref TreeBytesReader from, ReadOnlySpan<byte> kinds, out uint[] sizes)
    {
        sizes = new uint[kinds.Length];
        for (var index = 0; index < kinds.Length; index++)
        {
            if (!EntryKind.IsValid(kinds[index]))
            {
                return false;
            }

            if ((kinds[index] & EntryKind.HasSize) != 0)
            {
                if (!from.TryReadNumber(out var size) || size > uint.MaxValue)
                {
                    return false;
                }

                sizes[index] = (uint)size;
            }
        }

        return true;
    }

    private static bool TryReadOdd(ref TreeBytesReader from, ReadOnlySpan<byte> kinds, bool hasIds, out OddEntry[] odd)
    {
        odd = [];
        if (!from.TryReadCount(out var count))
        {
            return false;
        }

        odd = count == 0 ? [] : new OddEntry[count];
        var next = 0;
        for (var index = 0; index < kinds.Length; index++)
        {
            var isOdd = (kinds[index] & EntryKind.Odd) != 0;
            if (isOdd ? next == count || !TryReadOdd(ref from, index, out odd[next++]) : !hasIds)
            {
                return false;
            }
        }

        return next == count;
    }

    private static bool TryReadOdd(ref TreeBytesReader from, int place, out OddEntry entry)
    {
        var isThere = from.TryReadNumber(out var index) & from.TryReadText(out var mode) & from.TryReadText(out var sha) & from.TryReadByte(out var hasSize);
        ulong size = 0;
        isThere = isThere && index == (ulong)place && hasSize <= 1 && (hasSize == 0 || from.TryReadNumber(out size));
        entry = new OddEntry(place, mode, sha, hasSize == 0 ? null : (long)size);
        return isThere;
    }

    private static bool ArePaths(ReadOnlySpan<byte> paths, ReadOnlySpan<int> ends, ReadOnlySpan<byte> kinds, out bool isOrdered)
    {
        isOrdered = true;
        ReadOnlySpan<byte> before = default;
        for (var index = 0; index < ends.Length; index++)
        {
            var start = index == 0 ? 0 : ends[index - 1];
            var path = paths[start..ends[index]];
            if (!System.Text.Unicode.Utf8.IsValid(path))
            {
                return false;
            }

            isOrdered = isOrdered && (index == 0 || GitOrder.Compare(before, EntryKind.IsFolder(kinds[index - 1]), path, EntryKind.IsFolder(kinds[index])) <= 0);
            before = path;
        }

        return true;
    }
}
