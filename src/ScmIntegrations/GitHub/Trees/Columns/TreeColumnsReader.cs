using System.Text.Unicode;

namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>Reads the columns of a tree from bytes, and believes nothing that they do not bear out.</summary>
internal static class TreeColumnsReader
{
    public static bool TryReadMissing(ref TreeBytesReader from, out string[] missing)
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

    public static bool TryReadEnds(ref TreeBytesReader from, int count, int pathBytes, out int[] ends)
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

    public static bool TryReadSizes(ref TreeBytesReader from, ReadOnlySpan<byte> kinds, out uint[] sizes)
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

    public static bool TryReadOdd(ref TreeBytesReader from, ReadOnlySpan<byte> kinds, bool hasIds, out OddEntry[] odd)
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

    /// <summary>Whether every path is UTF-8, and whether they stand in git's order.</summary>
    public static bool ArePaths(ReadOnlySpan<byte> paths, ReadOnlySpan<int> ends, ReadOnlySpan<byte> kinds, out bool isOrdered)
    {
        isOrdered = true;
        ReadOnlySpan<byte> before = default;
        for (var index = 0; index < ends.Length; index++)
        {
            var start = index == 0 ? 0 : ends[index - 1];
            var path = paths[start..ends[index]];
            if (!Utf8.IsValid(path))
            {
                return false;
            }

            isOrdered = isOrdered && (index == 0 || GitOrder.Compare(before, EntryKind.IsFolder(kinds[index - 1]), path, EntryKind.IsFolder(kinds[index])) <= 0);
            before = path;
        }

        return true;
    }

    private static bool TryReadOdd(ref TreeBytesReader from, int place, out OddEntry entry)
    {
        var isThere = from.TryReadNumber(out var index) & from.TryReadText(out var mode) & from.TryReadText(out var sha) & from.TryReadByte(out var hasSize);
        ulong size = 0;
        isThere = isThere && index == (ulong)place && hasSize <= 1 && (hasSize == 0 || from.TryReadNumber(out size));
        entry = new OddEntry(place, mode, sha, hasSize == 0 ? null : (long)size);
        return isThere;
    }
}
