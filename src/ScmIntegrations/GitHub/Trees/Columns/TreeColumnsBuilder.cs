using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ScmIntegrations.GitHub.Trees.Columns;

/// <summary>Gathers entries in borrowed arrays, and makes columns that fit exactly. Not for two threads at a time.</summary>
internal sealed class TreeColumnsBuilder : IDisposable
{
    private const int Sha1 = 20;
    private const int Sha256 = 32;

    private Borrowed<byte> _paths = new();
    private Borrowed<int> _ends = new();
    private Borrowed<byte> _ids = new();
    private Borrowed<uint> _sizes = new();
    private Borrowed<byte> _kinds = new();
    private List<OddEntry> _odd = [];
    private int _pathBytes;
    private int _idWidth;
    private bool _isOrdered = true;

    public int Count { get; private set; }

    /// <summary>Adds an entry as it is written.</summary>
    /// <exception cref="ArgumentException">The path holds half a character.</exception>
    public void Add(string path, string mode, TreeEntryType type, string sha, long? size)
    {
        var most = Encoding.UTF8.GetMaxByteCount(path.Length);
        if (Utf8.FromUtf16(path, StagePath(most), out _, out var length, replaceInvalidSequences: false) is not OperationStatus.Done)
        {
            throw new ArgumentException("The path holds half a character (a surrogate on its own).", nameof(path));
        }

        // An id in capitals would come out in small letters.
        var isPlain = sha.AsSpan().IndexOfAnyInRange('A', 'F') < 0 && sha.Length is 2 * Sha1 or 2 * Sha256;
        Span<byte> digits = stackalloc byte[2 * Sha256];
        var isAscii = isPlain && Ascii.FromUtf16(sha, digits, out _) is OperationStatus.Done;
        Commit(length, mode, type, isAscii ? digits[..sha.Length] : default, sha, size);
    }

    /// <summary>Adds an entry of another tree.</summary>
    public void Add(TreeEntry entry)
    {
        if (entry.Columns.Count == 0)
        {
            Add("", "", TreeEntryType.Unknown, "", null);
        }
        else
        {
            Add(default, entry.Columns, entry.Index);
        }
    }

    /// <summary>Adds an entry of other columns, below a folder.</summary>
    /// <param name="folder">The folder with a slash at its end, or nothing.</param>
    /// <param name="columns">Where the entry stands.</param>
    /// <param name="index">Its place there.</param>
    public void Add(ReadOnlySpan<byte> folder, TreeColumns columns, int index)
    {
        var path = columns.PathOf(index);
        var target = StagePath(folder.Length + (long)path.Length);
        folder.CopyTo(target);
        path.CopyTo(target[folder.Length..]);
        if (columns.OddOf(index) is null && TryTakeWidth(columns.IdWidth))
        {
            Reserve();
            columns.IdOf(index).CopyTo(IdSlot);
            _sizes.Array[Count] = columns.PlainSizeOf(index);
            Commit(folder.Length + path.Length, columns.KindOf(index));
        }
        else
        {
            CommitOdd(folder.Length + path.Length, columns.ModeOf(index), columns.TypeOf(index), columns.ShaOf(index), columns.SizeOf(index));
        }
    }

    /// <summary>Room for the path of the next entry, which <c>Commit</c> adds.</summary>
    public Span<byte> StagePath(long most)
    {
        _paths.Grow(_pathBytes, most);
        return _paths.Array.AsSpan(_pathBytes, (int)most);
    }

    /// <summary>The first bytes of the path that was staged.</summary>
    public ReadOnlySpan<byte> Staged(int length) => _paths.Array.AsSpan(_pathBytes, length);

    /// <summary>Adds the entry whose path was staged.</summary>
    /// <param name="pathLength">The bytes of the path.</param>
    /// <param name="mode">Git's mode.</param>
    /// <param name="type">What the entry is.</param>
    /// <param name="digits">The id in hexadecimal; what is not 40 or 64 digits is kept aside.</param>
    /// <param name="sha">The id as text; <see langword="null"/> to have it made from the digits when it is needed.</param>
    /// <param name="size">The size.</param>
    public void Commit(int pathLength, string mode, TreeEntryType type, ReadOnlySpan<byte> digits, string? sha, long? size)
    {
        var kind = EntryKind.Of(mode, type);
        if ((kind & EntryKind.Odd) != 0 || size is < 0 or > uint.MaxValue || !TryCommit(pathLength, size is null ? kind : (byte)(kind | EntryKind.HasSize), digits, (uint)(size ?? 0)))
        {
            CommitOdd(pathLength, mode, type, sha ?? Encoding.ASCII.GetString(digits), size);
        }
    }

    /// <summary>Adds the entry whose path was staged, unless its id is not like those before it.</summary>
    public bool TryCommit(int pathLength, byte kind, ReadOnlySpan<byte> digits, uint size)
    {
        if (digits.Length is not (2 * Sha1 or 2 * Sha256) || !TryTakeWidth(digits.Length / 2))
        {
            return false;
        }

        Reserve();
        if (Convert.FromHexString(digits, IdSlot, out _, out _) is not OperationStatus.Done)
        {
            return false;
        }

        _sizes.Array[Count] = size;
        Commit(pathLength, kind);
        return true;
    }

    /// <summary>Forgets all entries.</summary>
    public void Clear() => (Count, _pathBytes, _idWidth, _isOrdered, _odd) = (0, 0, 0, true, []);

    /// <summary>The columns, without a byte to spare.</summary>
    public TreeColumns Build() => new(
        _paths.Fit(_pathBytes), _ends.Fit(Count), _ids.Fit(Count * _idWidth), _sizes.Fit(Count), _kinds.Fit(Count), [.. _odd], _isOrdered);

    public void Dispose()
    {
        _paths.Return();
        _ends.Return();
        _ids.Return();
        _sizes.Return();
        _kinds.Return();
    }

    private Span<byte> IdSlot => _ids.Array.AsSpan(Count * _idWidth, _idWidth);

    private void CommitOdd(int pathLength, string mode, TreeEntryType type, string sha, long? size)
    {
        Reserve();
        IdSlot.Clear();
        _sizes.Array[Count] = 0;
        _odd.Add(new OddEntry(Count, mode, sha, size));
        Commit(pathLength, (byte)(EntryKind.Of("100644", type) | EntryKind.Odd));
    }

    private void Commit(int pathLength, byte kind)
    {
        if (_isOrdered && Count > 0)
        {
            var start = Count == 1 ? 0 : _ends.Array[Count - 2];
            _isOrdered = GitOrder.Compare(
                _paths.Array.AsSpan(start, _pathBytes - start),
                EntryKind.IsFolder(_kinds.Array[Count - 1]),
                Staged(pathLength),
                EntryKind.IsFolder(kind)) <= 0;
        }

        _pathBytes += pathLength;
        _ends.Array[Count] = _pathBytes;
        _kinds.Array[Count] = kind;
        Count++;
    }

    /// <summary>The first plain id says how wide the ids of this tree are.</summary>
    private bool TryTakeWidth(int width)
    {
        if (_idWidth == 0 && width is Sha1 or Sha256)
        {
            _idWidth = width;
            _ids.Grow(0, (Count + 1L) * width);
            _ids.Array.AsSpan(0, Count * width).Clear();
        }

        return width != 0 && width == _idWidth;
    }

    private void Reserve()
    {
        _kinds.Grow(Count, 1);
        _ends.Grow(Count, 1);
        _sizes.Grow(Count, 1);
        _ids.Grow(Count * _idWidth, _idWidth);
    }
}
