using System.Collections;
using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// All entries below one commit, in git's order. Immutable, and safe to share among threads. It takes 29 bytes an entry beside
/// the bytes of its path; strings are made when an entry is asked for them.
/// </summary>
public sealed partial class RepositoryTree : IReadOnlyList<TreeEntry>
{
    // This object, and the list of missing folders where there is none.
    private const int ObjectBytes = 40;
    private const int ReferenceBytes = 8;

    private readonly TreeColumns _columns;

    /// <summary>Makes a tree. Public so that a test can return what production returns.</summary>
    /// <param name="sha">The id that names the content: a commit's or a tree's.</param>
    /// <param name="entries">The entries, in git's order; look-ups work in any other, too.</param>
    /// <param name="missingFolders">Folders whose entries are not all there; empty for a complete tree. The root is the empty string.</param>
    public RepositoryTree(string sha, IEnumerable<TreeEntry> entries, IReadOnlyList<string>? missingFolders = null)
        : this(sha, Gather(entries), missingFolders ?? [])
    {
    }

    internal RepositoryTree(string sha, TreeColumns columns, IReadOnlyList<string> missingFolders)
    {
        ArgumentNullException.ThrowIfNull(sha);
        Sha = sha;
        MissingFolders = missingFolders;
        _columns = columns;
    }

    /// <summary>
    /// The id that names the content for ever: that of the commit when a branch or a commit was asked for, else of the tree.
    /// Empty for the tree of an empty repository.
    /// </summary>
    public string Sha { get; }

    /// <summary>Whether every entry is there.</summary>
    public bool IsComplete => MissingFolders.Count == 0;

    /// <summary>Folders whose entries are not all there; the root is the empty string.</summary>
    public IReadOnlyList<string> MissingFolders { get; }

    /// <summary>The number of entries: files, folders and submodules.</summary>
    public int Count => _columns.Count;

    /// <summary>The files and symbolic links.</summary>
    public IEnumerable<TreeEntry> Files => this.Where(static entry => entry.Type is TreeEntryType.Blob);

    /// <summary>One entry by its place.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> less one.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public TreeEntry this[int index] => _columns[index];

    /// <summary>The tree of a repository without a commit.</summary>
    internal static RepositoryTree Empty { get; } = new("", []);

    internal TreeColumns Columns => _columns;

    /// <summary>What the tree takes in memory.</summary>
    internal long SizeInBytes =>
        ObjectBytes + Resident.Text(Sha) + _columns.SizeInBytes
        + Resident.Array(MissingFolders.Count, ReferenceBytes) + MissingFolders.Sum(Resident.Text);

    /// <summary>Goes through the entries in their order, without allocating.</summary>
    /// <returns>The enumerator, for <c>foreach</c>.</returns>
    public Enumerator GetEnumerator() => new(_columns);

    IEnumerator<TreeEntry> IEnumerable<TreeEntry>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static TreeColumns Gather(IEnumerable<TreeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var gathered = new TreeColumnsBuilder();
        foreach (var entry in entries)
        {
            gathered.Add(entry);
        }

        return gathered.Build();
    }

    /// <summary>Goes through the entries of a tree.</summary>
    public struct Enumerator : IEnumerator<TreeEntry>
    {
        private readonly TreeColumns _columns;
        private int _index = -1;

        internal Enumerator(TreeColumns columns) => _columns = columns;

        /// <inheritdoc/>
        public readonly TreeEntry Current => new(_columns, _index);

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_index < _columns.Count;

        /// <inheritdoc/>
        public void Reset() => _index = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
