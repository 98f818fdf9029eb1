using System.Text;
using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>Finding entries without going through all of them.</summary>
public sealed partial class RepositoryTree
{
    /// <summary>Looks an entry up by its path, in a time that hardly grows with the tree.</summary>
    /// <param name="path">The path from the root, exactly as git has it: with slashes, without one at either end.</param>
    /// <param name="entry">The entry; the first one, should there be several.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(string path, out TreeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TryGet(_columns.Index.Find(path), out entry);
    }

    /// <summary>Looks an entry up by its path, without a string.</summary>
    /// <param name="pathUtf8">The path from the root in UTF-8, exactly as git has it.</param>
    /// <param name="entry">The entry; the first one, should there be several.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(ReadOnlySpan<byte> pathUtf8, out TreeEntry entry) => TryGet(_columns.Index.Find(pathUtf8), out entry);

    /// <summary>Everything below a folder, at any depth, in git's order; the folder itself is not part of it. Costs what it finds, not what the tree holds.</summary>
    /// <param name="folder">The path of the folder, with or without a slash at its end. The empty string is the root.</param>
    /// <returns>The entries; none when there is no such folder.</returns>
    public IEnumerable<TreeEntry> Below(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Between(folder.EndsWith('/') ? folder[..^1] : folder);
    }

    /// <summary>
    /// The files and symbolic links with an extension: what stands behind the last dot of the name, unless the name begins with
    /// that dot; so <c>.env</c> has none. The letters a to z match their capitals; all others match themselves.
    /// </summary>
    /// <param name="extension">The extension, with or without its dot: <c>.cs</c>.</param>
    /// <returns>The entries, in their order.</returns>
    /// <exception cref="ArgumentException">The text can be no extension: it is empty, or holds a slash or a further dot.</exception>
    public IEnumerable<TreeEntry> WithExtension(string extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var bare = extension.StartsWith('.') ? extension[1..] : extension;
        return bare.Length > 0 && !bare.Contains('.', StringComparison.Ordinal) && !bare.Contains('/', StringComparison.Ordinal)
            ? OfExtension(Encoding.UTF8.GetBytes(bare))
            : throw new ArgumentException($"'{extension}' can be no extension: it needs at least one character, and no slash or second dot.", nameof(extension));
    }

    private bool TryGet(int index, out TreeEntry entry)
    {
        entry = index < 0 ? default : new(_columns, index);
        return index >= 0;
    }

    private IEnumerable<TreeEntry> Between(string folder)
    {
        var (start, end) = _columns.Index.Below(folder);
        for (var rank = start; rank < end; rank++)
        {
            yield return new(_columns, _columns.Index[rank]);
        }
    }

    private IEnumerable<TreeEntry> OfExtension(byte[] extension)
    {
        for (var index = 0; index < _columns.Count; index++)
        {
            if (_columns.TypeOf(index) is TreeEntryType.Blob && FileExtension.IsOf(_columns.PathOf(index), extension))
            {
                yield return new(_columns, index);
            }
        }
    }
}
