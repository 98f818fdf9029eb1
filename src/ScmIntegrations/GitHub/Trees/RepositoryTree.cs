using System.Collections;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>All entries below one commit, in git's order. Immutable, and safe to share among threads.</summary>
public sealed class RepositoryTree : IReadOnlyList<TreeEntry>
{
    private readonly TreeEntry[] _entries;

    /// <summary>Makes a tree. Public so that a test can return what production returns.</summary>
    /// <param name="sha">The id that names the content: a commit's or a tree's.</param>
    /// <param name="entries">The entries, in git's order.</param>
    /// <param name="missingFolders">Folders whose entries are not all there; empty for a complete tree. The root is the empty string.</param>
    public RepositoryTree(string sha, IEnumerable<TreeEntry> entries, IReadOnlyList<string>? missingFolders = null)
    {
        ArgumentNullException.ThrowIfNull(sha);
        ArgumentNullException.ThrowIfNull(entries);
        Sha = sha;
        MissingFolders = missingFolders ?? [];
        _entries = [.. entries];
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
    public int Count => _entries.Length;

    /// <summary>The files and symbolic links.</summary>
    public IEnumerable<TreeEntry> Files => _entries.Where(entry => entry.Type is TreeEntryType.Blob);

    /// <summary>One entry by its place.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> less one.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public TreeEntry this[int index] => _entries[index];

    /// <summary>The tree of a repository without a commit.</summary>
    internal static RepositoryTree Empty { get; } = new("", []);

    /// <inheritdoc/>
    public IEnumerator<TreeEntry> GetEnumerator() => ((IEnumerable<TreeEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
