using System.Collections.Frozen;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>Builds a <see cref="FakeTree"/> file by file; directories and ids follow by themselves.</summary>
public sealed class FakeTreeBuilder
{
    private readonly TreeFolder _root = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _blobs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a text file, or replaces it.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="content">The content, stored as UTF-8.</param>
    /// <returns>This builder.</returns>
    public FakeTreeBuilder File(string path, string content = "") => Blob(path, "100644", content);

    /// <summary>Adds a file of bytes, or replaces it.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="content">The content, served as it is.</param>
    /// <returns>This builder.</returns>
    public FakeTreeBuilder File(string path, ReadOnlyMemory<byte> content) => Blob(path, "100644", content);

    /// <summary>Adds an executable text file.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="content">The content, stored as UTF-8.</param>
    /// <returns>This builder.</returns>
    public FakeTreeBuilder Executable(string path, string content = "") => Blob(path, "100755", content);

    /// <summary>Adds a symbolic link.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="target">Where it points.</param>
    /// <returns>This builder.</returns>
    public FakeTreeBuilder SymbolicLink(string path, string target) => Blob(path, "120000", target);

    /// <summary>Adds a submodule.</summary>
    /// <param name="path">The path, with forward slashes.</param>
    /// <param name="commitId">The commit of the other repository, 40 hexadecimal digits.</param>
    /// <returns>This builder.</returns>
    public FakeTreeBuilder Submodule(string path, string commitId) =>
        Add(new FakeTreeEntry(path, "160000", "commit", commitId, Size: null));

    /// <summary>Builds the tree.</summary>
    /// <param name="message">The message of the commit; another message gives another commit id.</param>
    /// <returns>The tree.</returns>
    public FakeTree Build(string message = "A commit")
    {
        var entries = new List<FakeTreeEntry>();
        var treeId = _root.Write(prefix: "", entries);
        return new FakeTree(GitObject.CommitId(treeId, message), treeId, entries, new Dictionary<string, ReadOnlyMemory<byte>>(_blobs, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Starts from all that a tree holds.</summary>
    internal static FakeTreeBuilder From(FakeTree? tree)
    {
        var builder = new FakeTreeBuilder();
        foreach (var entry in tree?.Entries.Where(entry => entry.Type is not "tree") ?? [])
        {
            builder.Add(entry);
        }

        foreach (var (sha, content) in tree?.Blobs ?? FrozenDictionary<string, ReadOnlyMemory<byte>>.Empty)
        {
            builder._blobs[sha] = content;
        }

        return builder;
    }

    internal FakeTreeBuilder Add(FakeTreeEntry entry)
    {
        _root.Add(entry.Path.Split('/'), entry);
        return this;
    }

    private FakeTreeBuilder Blob(string path, string mode, string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Blob(path, mode, Encoding.UTF8.GetBytes(content));
    }

    private FakeTreeBuilder Blob(string path, string mode, ReadOnlyMemory<byte> content)
    {
        var sha = GitObject.Id("blob", content.Span);
        _blobs[sha] = content;
        return Add(new FakeTreeEntry(path, mode, "blob", sha, content.Length));
    }
}
