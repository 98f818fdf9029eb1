namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>
/// The entries of a tree, column by column: all paths in one buffer of UTF-8, ids in binary. 29 bytes an entry beside its path,
/// and 4 more for a tree that is not in git's order (12 more each where ids are SHA-256). Immutable.
/// </summary>
/// <param name="paths">The paths, end to end.</param>
/// <param name="ends">Where each path ends.</param>
/// <param name="ids">The ids, all of one width.</param>
/// <param name="sizes">The sizes; 0 where there is none.</param>
/// <param name="kinds">What the entries are: <see cref="EntryKind"/>.</param>
/// <param name="odd">What fits no column, by place.</param>
/// <param name="isOrdered">Whether the entries stand in git's order.</param>
internal sealed class TreeColumns(byte[] paths, int[] ends, byte[] ids, uint[] sizes, byte[] kinds, OddEntry[] odd, bool isOrdered)
{
    private TreeIndex? _index;

    public static TreeColumns Empty { get; } = new([], [], [], [], [], [], isOrdered: true);

    public int Count => kinds.Length;

    public bool IsOrdered => isOrdered;

    /// <summary>The bytes of an id: 20 (SHA-1) or 32 (SHA-256); 0 when no entry has one.</summary>
    public int IdWidth => Count == 0 ? 0 : ids.Length / Count;

    public ReadOnlySpan<byte> Paths => paths;

    public ReadOnlySpan<byte> Ids => ids;

    public ReadOnlySpan<byte> Kinds => kinds;

    public ReadOnlySpan<OddEntry> OddEntries => odd;

    /// <summary>Look-ups, made when they are first wanted. Two threads may make one each; either is right.</summary>
    public TreeIndex Index => _index ??= new TreeIndex(this);

    /// <summary>What the columns take in memory, with the index that look-ups may need.</summary>
    public long SizeInBytes =>
        ObjectBytes + Resident.Array(paths.Length, 1) + Resident.Array(ends.Length, 4) + Resident.Array(ids.Length, 1)
        + Resident.Array(sizes.Length, 4) + Resident.Array(kinds.Length, 1) + Resident.Array(odd.Length, 8)
        + odd.Sum(entry => entry.SizeInBytes) + (isOrdered ? 0 : Resident.Array(Count, 4));

    // This object (72 bytes) and its index (32).
    private const int ObjectBytes = 104;

    /// <summary>One entry; the column refuses a place that is none.</summary>
    public TreeEntry this[int index]
    {
        get
        {
            _ = kinds[index];
            return new(this, index);
        }
    }

    public ReadOnlySpan<byte> PathOf(int index)
    {
        var start = index == 0 ? 0 : ends[index - 1];
        return paths.AsSpan(start, ends[index] - start);
    }

    public ReadOnlySpan<byte> IdOf(int index) => ids.AsSpan(index * IdWidth, IdWidth);

    public byte KindOf(int index) => kinds[index];

    public TreeEntryType TypeOf(int index) => EntryKind.TypeOf(kinds[index]);

    public bool IsFolder(int index) => EntryKind.IsFolder(kinds[index]);

    public string ModeOf(int index) => OddOf(index)?.Mode ?? EntryKind.ModeOf(kinds[index]);

    public string ShaOf(int index) => OddOf(index)?.Sha ?? Convert.ToHexStringLower(IdOf(index));

    public long? SizeOf(int index) =>
        OddOf(index) is { } entry ? entry.Size : (kinds[index] & EntryKind.HasSize) != 0 ? sizes[index] : null;

    public uint PlainSizeOf(int index) => sizes[index];

    public OddEntry? OddOf(int index)
    {
        if ((kinds[index] & EntryKind.Odd) == 0)
        {
            return null;
        }

        var (low, high) = (0, odd.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = odd[middle].Index < index ? (middle + 1, high) : (low, middle);
        }

        return odd[low];
    }
}
