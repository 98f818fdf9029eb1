using System.Runtime.CompilerServices;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Trees.Cache;

namespace ScmIntegrations.GitHub.Trees.Scanning;

/// <summary>
/// Hands a scan its repositories. Those that are due are asked for their heads first, many at a time; what needs no tree after
/// that is fresh when its turn comes.
/// </summary>
internal sealed class ScanQueue(HeadsReader heads, TreeCache cache, TreeStore store, RefusalMemory refusals, SharedTrees? shared, Func<bool> mayAsk)
{
    // One repository is asked for itself: that costs a request as well, and none of the hourly limit when it has not changed.
    private const int FewestKnown = 2;

    // The trees of new repositories have to be read anyway: all that is saved is to ask for those that are empty.
    private const int FewestNew = 20;

    // A quarter of what the guard of the store lets be under way.
    private const int TakenAtATime = 16;

    /// <summary>The repositories; those that are due come behind their batch.</summary>
    public async IAsyncEnumerable<ScanItem> ReadAsync(IEnumerable<ScanItem> repositories, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var due = new List<ScanItem>();
        await foreach (var item in TakeAsync(repositories, cancellationToken).ConfigureAwait(false))
        {
            if (!IsDue(item))
            {
                yield return item;
                continue;
            }

            if (FindHead(item) is { } head)
            {
                yield return item with { Head = head };
                continue;
            }

            due.Add(item);
            if (due.Count >= heads.CurrentBatchSize)
            {
                foreach (var asked in await AskAsync(due, cancellationToken).ConfigureAwait(false))
                {
                    yield return asked;
                }

                due.Clear();
            }
        }

        foreach (var asked in await AskAsync(due, cancellationToken).ConfigureAwait(false))
        {
            yield return asked;
        }
    }

    /// <summary>Takes what other instances know of the repositories, a few at a time, so that a slow store does not hold the scan up for each.</summary>
    private async IAsyncEnumerable<ScanItem> TakeAsync(IEnumerable<ScanItem> repositories, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in repositories.Chunk(shared is null ? 1 : TakenAtATime))
        {
            foreach (var item in some)
            {
                store.Recall(item.Repository, item.Mark);
            }

            if (shared is not null)
            {
                await Task.WhenAll(some.Where(IsMissing).Select(item => store.KeyOf(item.Repository.Reference, null) is { } key
                    ? shared.TakeAsync(item.Repository.Reference, key, cancellationToken)
                    : Task.CompletedTask)).ConfigureAwait(false);
            }

            foreach (var item in some)
            {
                yield return item;
            }
        }
    }

    private bool IsDue(ScanItem item) =>
        heads.IsAvailable && mayAsk() && IsMissing(item) && refusals.Find(item.Repository.Reference) is null;

    private bool IsKnown(ScanItem item) => store.KeyOf(item.Repository.Reference, null) is { } key && store.FindPointer(key) is not null;

    private bool IsMissing(ScanItem item) => store.FindFresh(item.Repository.Reference, null) is null;

    private async Task<IEnumerable<ScanItem>> AskAsync(List<ScanItem> due, CancellationToken cancellationToken)
    {
        if (due.Count < FewestNew && due.Count(IsKnown) < FewestKnown)
        {
            return [.. due];
        }

        var marks = due.ConvertAll(item => store.Mark(item.Repository.Reference));
        var found = await heads.ReadAsync(due.ConvertAll(item => item.Repository), cancellationToken).ConfigureAwait(false);
        return [.. due.Zip(marks, (item, mark) => found.TryGetValue(item.Repository.Id, out var head) ? Learn(item, head with { Mark = mark }) : item)];
    }

    private ScanItem Learn(ScanItem item, BranchHead head)
    {
        try
        {
            if (cache.Learn(item.Repository, item.Index, head))
            {
                return item;
            }
        }
        catch (Exception)
        {
            // A bug in somebody's stagger is that repository's error, when its tree is kept.
            return item;
        }

        if (store.KeyOf(item.Repository.Reference, null) is { } key)
        {
            store.Remember(key, head);
        }

        return item with { Head = head };
    }

    private BranchHead? FindHead(ScanItem item) =>
        store.KeyOf(item.Repository.Reference, null) is { } key ? store.FindHead(key, item.Repository.Reference) : null;
}
