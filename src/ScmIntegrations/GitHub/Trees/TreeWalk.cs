using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// Completes a tree that GitHub cut short: a folder is listed, each folder in it is read whole, and one that is cut short
/// again is listed in turn. A folder that may not or cannot be read is named instead.
/// </summary>
/// <param name="read">Reads a tree by its id, recursively or not.</param>
/// <param name="maySpend">Whether one more request may be spent.</param>
internal sealed class TreeWalk(Func<string, bool, Task<TreeWire>> read, Func<bool> maySpend)
{
    private readonly List<TreeEntry> _entries = [];
    private readonly List<string> _missing = [];
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    public IReadOnlyList<TreeEntry> Entries => _entries;

    public IReadOnlyList<string> MissingFolders => _missing;

    /// <summary>Reads the direct entries of a folder, and everything below them.</summary>
    public async Task ListFolderAsync(string sha, string folder)
    {
        // No folder of git's contains itself: whoever says so would lead the walk on for ever.
        if (!_above.Add(sha))
        {
            _missing.Add(folder);
            return;
        }

        if (await ReadAsync(sha, recursive: false, folder).ConfigureAwait(false) is { } listing)
        {
            if (listing.Truncated)
            {
                _missing.Add(folder);
            }

            foreach (var wire in listing.Tree)
            {
                var entry = TreeReader.Entry(wire, folder.Length == 0 ? "" : folder + "/");
                _entries.Add(entry);
                if (entry.Type is TreeEntryType.Tree)
                {
                    await ReadFolderAsync(entry.Sha, entry.Path).ConfigureAwait(false);
                }
            }
        }

        _above.Remove(sha);
    }

    private async Task ReadFolderAsync(string sha, string folder)
    {
        if (await ReadAsync(sha, recursive: true, folder).ConfigureAwait(false) is not { } whole)
        {
            return;
        }

        if (whole.Truncated)
        {
            await ListFolderAsync(sha, folder).ConfigureAwait(false);
        }
        else
        {
            _entries.AddRange(whole.Tree.Select(wire => TreeReader.Entry(wire, folder + "/")));
        }
    }

    private async Task<TreeWire?> ReadAsync(string sha, bool recursive, string folder)
    {
        try
        {
            if (maySpend())
            {
                return await read(sha, recursive).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is ScmNotFoundException or ScmConflictException)
        {
            // One folder that is not there says nothing of the rest, and nothing of the repository: it is not empty.
        }

        _missing.Add(folder);
        return null;
    }
}
