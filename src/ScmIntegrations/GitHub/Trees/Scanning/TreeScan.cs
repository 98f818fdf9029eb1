using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Cache;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees.Scanning;

/// <summary>
/// One scan: a result for every repository, as each is ready. What failed in passing gets a second try at the end, and
/// one repository never stops the rest.
/// </summary>
internal sealed class TreeScan(GitHubConnection connection, TreeCache cache, TreeStore store, RefusalMemory refusals, HeadsReader heads, SharedTrees? shared, TreeScanOptions options)
{
    private readonly TreeScanBrake _brake = new(connection);
    private readonly ConcurrentQueue<(ScanItem Item, TreeScanResult Failed)> _again = new();

    public async IAsyncEnumerable<TreeScanResult> RunAsync(IReadOnlyList<GitHubRepository> repositories, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var concurrency = options.Concurrency ?? connection.Options.Trees.Concurrency;
        ScanItem[] wanted = [.. ScanItem.Of(repositories, options.Checkpoint, store)];
        var done = repositories.Count - wanted.Length;

        // Bounded, so that a slow consumer holds the scan back instead of filling memory with trees.
        var results = Channel.CreateBounded<(ScanItem Item, TreeScanResult Result)>(concurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = WorkAsync(wanted, concurrency, results.Writer, stop.Token);
        try
        {
            await foreach (var (item, result) in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (result.Status is TreeStatus.Stale)
                {
                    cache.CountStaleRead();
                }

                options.Progress?.Report(new(repositories.Count, ++done, result));
                yield return result;

                // Only now has the consumer taken it.
                if (TreeScanBrake.IsSettled(result))
                {
                    options.Checkpoint?.Add(item.Repository.Id);
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(ScanItem[] wanted, int concurrency, ChannelWriter<(ScanItem Item, TreeScanResult Result)> results, CancellationToken cancellationToken)
    {
        // Heads are asked for one batch ahead of the trees.
        var queue = Channel.CreateBounded<ScanItem>(HeadsReader.BatchSize);
        var ahead = FillAsync(wanted, queue.Writer, cancellationToken);
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(queue.Reader.ReadAllAsync(cancellationToken), parallel, async (item, token) =>
            {
                var result = await ReadAsync(item, token).ConfigureAwait(false);
                if (TreeScanBrake.FailedInPassing(result))
                {
                    _again.Enqueue((item, result));
                }
                else
                {
                    await results.WriteAsync((item, result), token).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            await Parallel.ForEachAsync(_again, parallel, async (again, token) =>
                await results.WriteAsync(
                    (again.Item, _brake.MayTryAgain(again.Failed.Error!) ? await ReadAgainAsync(again.Item, again.Failed, token).ConfigureAwait(false) : again.Failed),
                    token).ConfigureAwait(false)).ConfigureAwait(false);
            results.Complete();
        }
        catch (Exception exception)
        {
            results.Complete(exception);
        }

        await ahead.ConfigureAwait(false);
    }

    private async Task FillAsync(ScanItem[] wanted, ChannelWriter<ScanItem> queue, CancellationToken cancellationToken)
    {
        try
        {
            var items = new ScanQueue(heads, cache, store, refusals, shared, () => _brake.Reason() is null).ReadAsync(wanted, cancellationToken);
            await foreach (var item in items.ConfigureAwait(false))
            {
                await queue.WriteAsync(item, cancellationToken).ConfigureAwait(false);
            }

            queue.Complete();
        }
        catch (Exception exception)
        {
            // Whoever reads the queue meets it there.
            queue.Complete(exception);
        }
    }

    private async Task<TreeScanResult> ReadAsync(ScanItem item, CancellationToken cancellationToken)
    {
        var reference = item.Repository.Reference;
        store.Recall(item.Repository, item.Mark);
        var kept = store.Find(reference, null);
        var isKept = kept?.Status is TreeStatus.Cached or TreeStatus.Empty;
        if (!isKept)
        {
            if (_brake.Reason() is { } reason)
            {
                return Kept(reference, kept, TreeStatus.Skipped, null, reason);
            }

            if (refusals.Find(reference) is { } refused)
            {
                return Kept(reference, null, TreeStatus.Skipped, null, refused);
            }
        }

        var mark = store.Mark(reference);
        try
        {
            // Before the flight, so that an interactive caller who joins it does not wait for the scan's turn.
            using var work = isKept ? default : await connection.AdmitBackgroundAsync(GitHubConnection.Core, cancellationToken).ConfigureAwait(false);
            if (work.Refusal is { } refusal)
            {
                return Kept(reference, kept, TreeStatus.Skipped, null, refusal);
            }

            var question = new TreeQuestion(reference) { Index = item.Index, Listed = item.Repository, ListedMark = item.Mark, Head = item.Head, Lane = RequestLane.Background };
            var fetch = await cache.ReadAsync(question, cancellationToken).ConfigureAwait(false);
            return new() { Repository = reference, Status = fetch.Tree.Status, Tree = fetch.Tree.Tree, Source = fetch.Tree.Source, Outcome = fetch.Outcome, Error = fetch.Error };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var error = AsScmException(exception);
            _brake.Note(error);
            if (Equals(mark, store.Mark(reference)))
            {
                // An invalidation since it was asked is not undone.
                refusals.Remember(reference, error);
            }

            var wasRefused = TreeScanBrake.IsLocalRefusal(error);
            return Kept(reference, error.IsTransient || wasRefused ? kept : null, wasRefused ? TreeStatus.Skipped : TreeStatus.Unavailable, connection.Outcomes.Decide(error, cancellationToken), error);
        }
    }

    private async Task<TreeScanResult> ReadAgainAsync(ScanItem item, TreeScanResult failed, CancellationToken cancellationToken)
    {
        var again = await ReadAsync(item, cancellationToken).ConfigureAwait(false);

        // Not sent this time, but asked the first time: what came of that stands.
        return again.Error is { } error && TreeScanBrake.IsLocalRefusal(error) ? failed : again;
    }

    /// <summary>A bug in somebody's handler or strategy is that repository's error too.</summary>
    private static ScmException AsScmException(Exception exception) => exception as ScmException ?? ScmException.From(
        new ScmError { Reason = ErrorReason.Unknown, Origin = ErrorOrigin.Client, Message = $"The read ended in {exception.GetType().Name}: {exception.Message}" },
        exception);

    private static TreeScanResult Kept(RepositoryRef repository, CachedTree? kept, TreeStatus otherwise, InteractionOutcome? outcome, ScmException error) => new()
    {
        Repository = repository,
        Status = kept is null ? otherwise : TreeStatus.Stale,
        Tree = kept?.Tree,
        Source = kept?.Source,
        Outcome = outcome,
        Error = error,
    };
}
