using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>
/// Completes a tree that GitHub cut short: a folder is listed, each folder in it is read whole, and one that is cut short
/// again is listed in turn. A folder that may not or cannot be read is named instead.
/// </summary>
/// <remarks>
/// It goes level by level: the folders of one level are read several at a time, and what they turn out to need makes the next.
/// One hand gives out all requests, in git's order, so what the budget reaches does not depend on which answer comes first.
/// </remarks>
/// <param name="read">Reads a tree by its id, recursively or not.</param>
/// <param name="concurrency">How many requests may be under way.</param>
/// <param name="budget">How many requests may be spent.</param>
/// <param name="mayAsk">Whether one more request may be sent, with so many under way.</param>
internal sealed class TreeWalk(Func<string, bool, CancellationToken, Task<TreeAnswer>> read, int concurrency, int budget, Func<int, bool> mayAsk)
{
    // PATH_MAX of Linux: what lies deeper cannot be checked out.
    private const int MaxPathLength = 4096;

    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);
    private int _left = budget;

    /// <summary>The folders that are not all there, in order.</summary>
    public IReadOnlyList<string> MissingFolders => [.. _missing];

    /// <summary>Reads everything below a tree, as far as that is possible.</summary>
    /// <param name="sha">The id of the tree, or of its commit.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="ScmException">A request failed otherwise than by 404 or 409. Those under way with it are cancelled.</exception>
    public async Task<WalkedFolder> RunAsync(string sha, CancellationToken cancellationToken)
    {
        var root = new WalkedFolder(sha, "", above: null, isRecursive: false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new List<Task>();
        try
        {
            List<WalkedFolder> level = [root];
            while (level.Count > 0)
            {
                foreach (var folder in level)
                {
                    await AskAsync(folder, underWay, stop.Token).ConfigureAwait(false);
                }

                await LandAsync(underWay, most: 0).ConfigureAwait(false);
                level = [.. level.SelectMany(FoldersToRead)];
            }

            return root;
        }
        catch
        {
            // Nobody is left behind, and what the others end in is not the news.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Sets out for a folder once there is room, if that may still be.</summary>
    private async Task AskAsync(WalkedFolder folder, List<Task> underWay, CancellationToken cancellationToken)
    {
        // Requests under way count as spent; only when all have landed is it certain that no more may be sent.
        while (underWay.Count > 0 && (underWay.Count >= concurrency || !mayAsk(underWay.Count)))
        {
            await LandAsync(underWay, underWay.Count - 1).ConfigureAwait(false);
        }

        if (_left > 0 && mayAsk(underWay.Count))
        {
            _left--;
            underWay.Add(ReadAsync(folder, cancellationToken));
        }
    }

    /// <summary>Waits until no more than so many are under way.</summary>
    private static async Task LandAsync(List<Task> underWay, int most)
    {
        while (underWay.Count > most)
        {
            var landed = await Task.WhenAny(underWay).ConfigureAwait(false);
            underWay.Remove(landed);
            await landed.ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(WalkedFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            folder.Answer = await read(folder.Sha, folder.IsRecursive, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ScmNotFoundException or ScmConflictException)
        {
            // One folder that is not there says nothing of the rest, and nothing of the repository: it is not empty.
        }
    }

    /// <summary>What is to be read next because of what was read.</summary>
    private IEnumerable<WalkedFolder> FoldersToRead(WalkedFolder folder)
    {
        if (folder.Answer is not { } answer)
        {
            _missing.Add(folder.Path);
            return [];
        }

        if (!folder.IsRecursive)
        {
            if (answer.IsTruncated)
            {
                _missing.Add(folder.Path);
            }

            return folder.ListFolders();
        }

        if (!answer.IsTruncated)
        {
            return [];
        }

        // It will be listed instead. No folder of git's contains itself, or lies that deep: whoever says so would lead the walk on for ever.
        if (folder.IsWithinItself || folder.Path.Length > MaxPathLength)
        {
            _missing.Add(folder.Path);
            return [];
        }

        return [folder.ToBeListed()];
    }
}
