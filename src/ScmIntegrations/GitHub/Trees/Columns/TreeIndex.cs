using System.Buffers;
using System.Text.Unicode;

namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>
/// Finds entries by binary search. GitHub lists a tree in git's order, so a place in the order is a place in the tree; only for
/// a tree that is not in order the places are sorted aside.
/// </summary>
internal sealed class TreeIndex(TreeColumns columns)
{
    private readonly int[]? _places = columns.IsOrdered ? null : Sort(columns);

    /// <summary>The place in the tree of what comes at a place in git's order.</summary>
    public int this[int rank] => _places is null ? rank : _places[rank];

    /// <summary>The first entry of a path; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<byte> path)
    {
        var file = Find(path, isFolder: false);
        return file >= 0 ? file : Find(path, isFolder: true);
    }

    /// <summary>The first entry of a path; -1 when there is none.</summary>
    public int Find(string path) => WithUtf8(path, this, static (index, utf8) => index.Find(utf8), -1);

    /// <summary>The places in git's order of everything below a folder.</summary>
    public (int Start, int End) Below(string folder) => folder.Length == 0
        ? (0, columns.Count)
        : WithUtf8(folder, this, static (index, utf8) => index.Below(utf8), default);

    private int Find(ReadOnlySpan<byte> path, bool isFolder)
    {
        var rank = FirstFrom(path, isFolder);
        if (rank == columns.Count)
        {
            return -1;
        }

        var place = this[rank];
        return columns.PathOf(place).SequenceEqual(path) ? place : -1;
    }

    private (int Start, int End) Below(ReadOnlySpan<byte> folder)
    {
        // What is in a folder stands from the folder itself to the first path that does not begin like it.
        var (start, end) = (FirstFrom(folder, isFolder: true), columns.Count);
        while (start < end && columns.PathOf(this[start]).SequenceEqual(folder))
        {
            start++;
        }

        var (low, high) = (start, end);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var path = columns.PathOf(this[middle]);
            (low, high) = path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder) ? (middle + 1, high) : (low, middle);
        }

        return (start, low);
    }

    /// <summary>The first place in git's order that is not before a path.</summary>
    private int FirstFrom(ReadOnlySpan<byte> path, bool isFolder)
    {
        var (low, high) = (0, columns.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var place = this[middle];
            (low, high) = GitOrder.Compare(columns.PathOf(place), columns.IsFolder(place), path, isFolder) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int[] Sort(TreeColumns columns)
    {
        var places = new int[columns.Count];
        for (var index = 0; index < places.Length; index++)
        {
            places[index] = index;
        }

        // Of entries with one path the first one comes first.
        places.AsSpan().Sort((one, other) =>
            GitOrder.Compare(columns.PathOf(one), columns.IsFolder(one), columns.PathOf(other), columns.IsFolder(other)) is var order and not 0
                ? order
                : one.CompareTo(other));
        return places;
    }

    /// <summary>Asks with the path in UTF-8. Half a character stands in no path.</summary>
    private static T WithUtf8<T>(string text, TreeIndex index, Func<TreeIndex, ReadOnlySpan<byte>, T> ask, T nothing)
    {
        const int onStack = 512;
        byte[]? rented = null;
        var most = text.Length * 3L;
        var utf8 = most <= onStack ? stackalloc byte[onStack] : rented = ArrayPool<byte>.Shared.Rent(checked((int)most));
        try
        {
            return Utf8.FromUtf16(text, utf8, out _, out var written, replaceInvalidSequences: false) is OperationStatus.Done
                ? ask(index, utf8[..written])
                : nothing;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }
}
