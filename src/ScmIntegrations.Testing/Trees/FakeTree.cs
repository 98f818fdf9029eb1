using System.Collections.Frozen;

namespace ScmIntegrations.Testing;

/// <summary>
/// The tree of one commit. It never changes; push another one to change a repository.
/// Entries stand in git's order: a directory directly before everything below it.
/// </summary>
public sealed partial class FakeTree
{
    private readonly FakeTreeEntry[] _entries;
    private readonly Dictionary<string, int> _subtrees = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _directories = new(StringComparer.Ordinal);

    /// <summary>Makes a tree from ready entries.</summary>
    /// <param name="commitId">The id of the commit.</param>
    /// <param name="treeId">The id of the top tree.</param>
    /// <param name="entries">Every entry, trees included, in the order of <c>git ls-tree -r -t</c>.</param>
    public FakeTree(string commitId, string treeId, IEnumerable<FakeTreeEntry> entries)
        : this(commitId, treeId, entries, FrozenDictionary<string, ReadOnlyMemory<byte>>.Empty)
    {
    }

    internal FakeTree(string commitId, string treeId, IEnumerable<FakeTreeEntry> entries, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> blobs)
    {
        ArgumentException.ThrowIfNullOrEmpty(commitId);
        ArgumentException.ThrowIfNullOrEmpty(treeId);
        ArgumentNullException.ThrowIfNull(entries);
        CommitId = commitId;
        TreeId = treeId;
        Blobs = blobs;
        _entries = [.. entries];
        for (var index = 0; index < _entries.Length; index++)
        {
            if (string.Equals(_entries[index].Type, "tree", StringComparison.Ordinal))
            {
                _subtrees.TryAdd(_entries[index].Sha, index);
                _directories.TryAdd(_entries[index].Path, index);
            }
        }
    }

    /// <summary>The id of the commit.</summary>
    public string CommitId { get; }

    /// <summary>The id of the top tree.</summary>
    public string TreeId { get; }

    /// <summary>Every entry, trees included, in git's order.</summary>
    public IReadOnlyList<FakeTreeEntry> Entries => _entries;

    /// <summary>The bytes of the files by blob id, as far as they are known: those that a builder was given.</summary>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Blobs { get; }

    /// <summary>The same content under another commit.</summary>
    /// <param name="commitId">The id of that commit.</param>
    /// <returns>A new tree.</returns>
    public FakeTree WithCommit(string commitId) => new(commitId, TreeId, _entries, Blobs);

    internal FakeTreeEntry? FindEntry(string path) =>
        Array.Find(_entries, entry => string.Equals(entry.Path, path, StringComparison.Ordinal));

    internal bool TryFindById(string treeId, out FakeTreeSlice slice)
    {
        if (string.Equals(treeId, TreeId, StringComparison.OrdinalIgnoreCase))
        {
            slice = new FakeTreeSlice(TreeId, _entries, PrefixLength: 0);
            return true;
        }

        return TrySlice(_subtrees, treeId, out slice);
    }

    internal bool TryFindByPath(string path, out FakeTreeSlice slice) =>
        path.Length == 0 ? TryFindById(TreeId, out slice) : TrySlice(_directories, path, out slice);

    private bool TrySlice(Dictionary<string, int> places, string key, out FakeTreeSlice slice)
    {
        if (!places.TryGetValue(key, out var index))
        {
            slice = default;
            return false;
        }

        var prefix = _entries[index].Path + "/";
        var end = index + 1;
        while (end < _entries.Length && _entries[end].Path.StartsWith(prefix, StringComparison.Ordinal))
        {
            end++;
        }

        slice = new FakeTreeSlice(_entries[index].Sha, _entries.AsMemory(index + 1, end - index - 1), prefix.Length);
        return true;
    }
}
