using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// One scan: a result for every repository, as each is ready. What failed in passing gets a second try at the end, and
/// one repository never stops the rest.
/// </summary>
internal sealed class TreeScan(GitHubConnection connection, TreeCache cache, TreeScanOptions options)
{
    private readonly TreeScanBrake _brake = new(connection);
    private readonly ConcurrentQueue<(GitHubRepository Repository, int Index, TreeScanResult Failed)> _again = new();
    private int _done;

    public async IAsyncEnumerable<TreeScanResult> RunAsync(IReadOnlyList<GitHubRepository> repositories, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var concurrency = options.Concurrency ?? connection.Options.Trees.Concurrency;

        // Bounded, so that a slow consumer holds the scan back instead of filling memory with trees.
        var results = Channel.CreateBounded<TreeScanResult>(concurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = WorkAsync(repositories, concurrency, results.Writer, stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (result.Status is TreeStatus.Stale)
                {
                    cache.CountStaleRead();
                }

                options.Progress?.Report(new(repositories.Count, ++_done, result));
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WorkAsync(IReadOnlyList<GitHubRepository> repositories, int concurrency, ChannelWriter<TreeScanResult> results, CancellationToken cancellationToken)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(repositories.Index(), parallel, async (item, token) =>
            {
                var result = await ReadAsync(item.Item, item.Index, token).ConfigureAwait(false);
                if (TreeScanBrake.FailedInPassing(result))
                {
                    _again.Enqueue((item.Item, item.Index, result));
                }
                else
                {
                    await results.WriteAsync(result, token).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
            await Parallel.ForEachAsync(_again, parallel, async (item, token) =>
                await results.WriteAsync(
                    _brake.MayTryAgain(item.Failed.Error!) ? await ReadAgainAsync(item.Repository, item.Index, item.Failed, token).ConfigureAwait(false) : item.Failed,
                    token).ConfigureAwait(false)).ConfigureAwait(false);
            results.Complete();
        }
        catch (Exception exception)
        {
            results.Complete(exception);
        }
    }

    private async Task<TreeScanResult> ReadAsync(GitHubRepository repository, int index, CancellationToken cancellationToken)
    {
        var reference = repository.Reference;
        var kept = cache.Find(reference, null);
        var isKept = kept?.Status is TreeStatus.Cached or TreeStatus.Empty;
        if (!isKept && _brake.Reason() is { } reason)
        {
            return Kept(reference, kept, TreeStatus.Skipped, null, reason);
        }

        if (!isKept && cache.FindRefusal(reference) is { } refused)
        {
            return Kept(reference, null, TreeStatus.Skipped, null, refused);
        }

        var mark = cache.Mark(reference);
        try
        {
            // Before the flight, so that an interactive caller who joins it does not wait for the scan's turn.
            using var work = isKept ? default : await connection.AdmitBackgroundAsync(GitHubConnection.Core, cancellationToken).ConfigureAwait(false);
            if (work.Refusal is { } refusal)
            {
                return Kept(reference, kept, TreeStatus.Skipped, null, refusal);
            }

            var fetch = await cache.ReadAsync(reference, null, index, RequestLane.Background, cancellationToken).ConfigureAwait(false);
            return new() { Repository = reference, Status = fetch.Tree.Status, Tree = fetch.Tree.Tree, Outcome = fetch.Outcome, Error = fetch.Error };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var error = AsScmException(exception);
            _brake.Note(error);
            cache.RememberRefusal(reference, error, mark);
            var wasRefused = TreeScanBrake.IsLocalRefusal(error);
            return Kept(reference, error.IsTransient || wasRefused ? kept : null, wasRefused ? TreeStatus.Skipped : TreeStatus.Unavailable, connection.Outcomes.Decide(error, cancellationToken), error);
        }
    }

    private async Task<TreeScanResult> ReadAgainAsync(GitHubRepository repository, int index, TreeScanResult failed, CancellationToken cancellationToken)
    {
        var again = await ReadAsync(repository, index, cancellationToken).ConfigureAwait(false);

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
        Outcome = outcome,
        Error = error,
    };
}
