namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// Completes a tree that GitHub cut short: a folder is listed, each folder in it is read whole, and one that is cut short
/// again is listed in turn. Folders beyond the budget are named instead of read.
/// </summary>
internal sealed class TreeWalk(Func<string, bool, Task<TreeWire>> read, int budget)
{
    private readonly List<TreeEntry> _entries = [];
    private readonly List<string> _missing = [];
    private int _left = budget;

    public IReadOnlyList<TreeEntry> Entries => _entries;

    public IReadOnlyList<string> MissingFolders => _missing;

    /// <summary>Reads the direct entries of a folder, and everything below them.</summary>
    public async Task ListFolderAsync(string sha, string folder)
    {
        if (await SpendAsync(sha, recursive: false, folder).ConfigureAwait(false) is not { } listing)
        {
            return;
        }

        if (listing.Truncated)
        {
            _missing.Add(folder);
        }

        var prefix = folder.Length == 0 ? "" : folder + "/";
        foreach (var wire in listing.Tree)
        {
            var entry = TreeReader.Entry(wire, prefix);
            _entries.Add(entry);
            if (entry.Type is TreeEntryType.Tree)
            {
                await ReadFolderAsync(entry.Sha, entry.Path).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadFolderAsync(string sha, string folder)
    {
        if (await SpendAsync(sha, recursive: true, folder).ConfigureAwait(false) is not { } whole)
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

    private async Task<TreeWire?> SpendAsync(string sha, bool recursive, string folder)
    {
        if (_left == 0)
        {
            _missing.Add(folder);
            return null;
        }

        _left--;
        return await read(sha, recursive).ConfigureAwait(false);
    }
}
