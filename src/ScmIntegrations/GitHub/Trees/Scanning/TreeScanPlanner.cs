using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Cache;

namespace ScmIntegrations.GitHub.Trees.Scanning;

/// <summary>
/// Goes through a scan's repositories as the scan would, and reads no tree. What it learns of heads is kept, so the scan that
/// follows does not ask again.
/// </summary>
internal sealed class TreeScanPlanner(GitHubConnection connection, TreeCache cache, TreeStore store, RefusalMemory refusals, HeadsReader heads, SharedTrees? shared, TreeScanOptions options, TimeProvider timeProvider)
{
    public async Task<TreeScanPlan> MakeAsync(IReadOnlyList<GitHubRepository> repositories, CancellationToken cancellationToken)
    {
        var brake = new TreeScanBrake(connection);
        var queue = new ScanQueue(heads, cache, store, refusals, shared, () => brake.Reason() is null);
        ScanItem[] wanted = [.. ScanItem.Of(repositories, options.Checkpoint, store)];
        var (current, refused, toRead, toCheck) = (0, 0, 0, 0);
        await foreach (var item in queue.ReadAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            var reference = item.Repository.Reference;
            _ = store.FindFresh(reference, null) is not null ? current++
                : refusals.Find(reference) is not null ? refused++
                : item.Head is null && store.KeyOf(reference, null) is { } key && store.HoldsTreesOf(key) ? toCheck++
                : toRead++;
        }

        var (limit, reserved) = connection.ReadReserve();
        var forecast = new ScanForecast(connection.Options.RateLimits, options.Concurrency ?? connection.Options.Trees.Concurrency, connection.SecondsPerRequest);
        var (windows, endsAt) = forecast.End(timeProvider.GetUtcNow(), toRead + (2 * toCheck), limit, reserved);
        return new()
        {
            Repositories = repositories.Count,
            Done = repositories.Count - wanted.Length,
            Current = current,
            Refused = refused,
            ToRead = toRead,
            ToCheck = toCheck,
            Limit = limit?.Limit,
            Remaining = limit?.Remaining,
            Reserved = limit is null ? null : reserved,
            ResetsAt = limit?.ResetsAt,
            Windows = windows,
            EndsAt = endsAt,
        };
    }
}
