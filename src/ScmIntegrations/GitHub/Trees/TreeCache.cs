using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Commits;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>Reads trees through the store: what is not there or too old is asked for, once for all who want it at a time.</summary>
internal sealed class TreeCache(
    GitHubConnection connection,
    TreeReader reader,
    RepositoryDirectory directory,
    TreeStore store,
    InteractionTelemetry telemetry,
    TimeProvider timeProvider)
{
    private readonly SingleFlight<(RepositoryRef Repository, string? GitRef, object? Mark), TreeFetch> _flights = new();

    /// <summary>The cached tree while it is fresh, without a request.</summary>
    public CachedTree? FindFresh(RepositoryRef repository, string? gitRef)
    {
        var hit = store.FindFresh(repository, gitRef);
        if (hit is not null)
        {
            telemetry.CountCacheRead(connection.Name, hit.Status is TreeStatus.Empty ? CacheReadResult.Negative : CacheReadResult.Hit);
        }

        return hit;
    }

    /// <summary>The cached tree while it is fresh, else GitHub's, asked once for all concurrent callers.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">The ref; <see langword="null"/> for the default branch.</param>
    /// <param name="index">The place in a list, for staggers that go by it; <see langword="null"/> for a read outside of any.</param>
    /// <param name="head">Where the default branch leads, when that has just been asked.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async Task<TreeFetch> ReadAsync(RepositoryRef repository, string? gitRef, int? index, BranchHead? head, CancellationToken cancellationToken)
    {
        if (FindFresh(repository, gitRef) is { } hit)
        {
            return new(hit, null);
        }

        telemetry.CountCacheRead(connection.Name, CacheReadResult.Miss);

        // A flight that took off before an invalidation is not joined after it.
        return await _flights.RunAsync(
            (repository, gitRef ?? directory.Find(repository)?.Value.Repository.DefaultRef, store.Mark(repository)),
            token => FetchAsync(repository, gitRef, index, head, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts a tree past its lifetime that was served because nothing better could be had.</summary>
    public void CountStaleRead() => telemetry.CountCacheRead(connection.Name, CacheReadResult.Stale);

    /// <summary>
    /// Takes in what a bulk query said of a default branch, as far as that needs no tree: the repository is empty, or the tree of
    /// its commit is kept already. A repository that had commits is not believed to be empty; the tree's own answer decides.
    /// </summary>
    /// <returns>Whether the pointer is fresh now.</returns>
    public bool Learn(GitHubRepository repository, int index, BranchHead head)
    {
        if (store.KeyOf(repository.Reference, repository.DefaultRef) is not { } key)
        {
            return false;
        }

        var reading = head.CommitSha is not { } commit
            ? store.HoldsTreesOf(key) ? null : TreeReading.Empty(repository.DefaultRef, HeadSource.Bulk, head.AskedAt)
            : FindUnchanged(key, commit, head.TreeSha, HeadSource.Bulk, head.AskedAt);
        return reading is not null && store.Keep(repository.Reference, reading, index, head.Mark).ExpiresAt > timeProvider.GetUtcNow();
    }

    private async Task<TreeFetch> FetchAsync(RepositoryRef repository, string? gitRef, int? index, BranchHead? head, CancellationToken cancellationToken)
    {
        // Another flight may have landed between this caller's look and its own take-off.
        if (store.FindFresh(repository, gitRef) is { } landed)
        {
            return new(landed, null);
        }

        var mark = store.Mark(repository);
        if (head is not null && !Equals(head.Mark, mark))
        {
            // Told before a push arrived.
            head = null;
        }

        var branch = gitRef;
        var source = HeadSource.Tree;
        try
        {
            var reading = await connection.Interactions.RunAsync(
                connection.Describe("get_tree", repository),
                async _ =>
                {
                    branch ??= await DefaultBranchAsync(repository, cancellationToken).ConfigureAwait(false);
                    var key = store.KeyOf(repository, branch)!;
                    if (head?.CommitSha is { } told)
                    {
                        return await ReadAsync(repository, branch, key, told, head, HeadSource.Bulk, cancellationToken).ConfigureAwait(false);
                    }

                    if (GitRefName.IsObjectId(branch) || !store.HoldsTreesOf(key))
                    {
                        return await ReadAsync(repository, branch, cancellationToken).ConfigureAwait(false);
                    }

                    source = HeadSource.Commit;
                    var asked = await CommitReader.ReadAsync(connection, repository, branch, store.FindPointer(key)?.CommitSha, cancellationToken).ConfigureAwait(false);
                    return await ReadAsync(repository, branch, key, asked, null, source, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            return new(store.Keep(repository, reading, index, mark), InteractionOutcome.Success);
        }
        catch (ScmEmptyRepositoryException error)
        {
            return new(store.Keep(repository, TreeReading.Empty(branch!, source, timeProvider.GetUtcNow()), index, mark), connection.Outcomes.Decide(error, cancellationToken), error);
        }
    }

    /// <summary>The tree of a commit that a ref was told to lead to: the one that is kept, else GitHub's.</summary>
    private async Task<TreeReading> ReadAsync(
        RepositoryRef repository,
        string branch,
        PointerKey key,
        string commit,
        BranchHead? head,
        HeadSource source,
        CancellationToken cancellationToken)
    {
        var askedAt = head?.AskedAt ?? timeProvider.GetUtcNow();
        if (FindUnchanged(key, commit, head?.TreeSha, source, askedAt) is { } unchanged)
        {
            return unchanged;
        }

        try
        {
            var tree = await reader.ReadAsync(repository, commit, cancellationToken).ConfigureAwait(false);
            return new(tree, branch, source, askedAt) { Sha = commit, CommitSha = commit, TreeSha = head?.TreeSha };
        }
        catch (ScmNotFoundException)
        {
            // Force-pushed away, or not known everywhere yet. The branch itself decides.
            return await ReadAsync(repository, branch, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TreeReading> ReadAsync(RepositoryRef repository, string branch, CancellationToken cancellationToken)
    {
        var tree = await reader.ReadAsync(repository, branch, cancellationToken).ConfigureAwait(false);

        // The id in the answer is the commit's here; where a server gives the tree's, the first look-up of the commit differs and
        // costs one reading more.
        return new(tree, branch, HeadSource.Tree, timeProvider.GetUtcNow()) { Sha = tree.Sha, CommitSha = tree.Sha };
    }

    private TreeReading? FindUnchanged(PointerKey key, string commit, string? treeSha, HeadSource source, DateTimeOffset askedAt) =>
        store.FindTree(key, commit, treeSha) is (var tree, var sha)
            ? new(tree, key.GitRef, source, askedAt) { Sha = sha, CommitSha = commit, TreeSha = treeSha, IsUnchanged = true }
            : null;

    private async Task<string> DefaultBranchAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        if (directory.Find(repository) is { } known && known.IsFresh(timeProvider.GetUtcNow()))
        {
            return known.Value.Repository.DefaultRef;
        }

        var found = await RepositoryReader.ReadAsync(connection, repository, cancellationToken).ConfigureAwait(false);
        directory.LearnAs(repository, found);
        return found.DefaultRef;
    }
}
