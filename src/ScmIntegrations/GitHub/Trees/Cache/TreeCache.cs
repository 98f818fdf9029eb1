using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Commits;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Trees.Reading;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>Reads trees through the store: what is not there or too old is asked for, once for all who want it at a time.</summary>
internal sealed class TreeCache(
    GitHubConnection connection,
    TreeReader reader,
    RepositoryDirectory directory,
    TreeStore store,
    RefusalMemory refusals,
    SharedTrees? shared,
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
    /// <param name="question">What is wanted.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async Task<TreeFetch> ReadAsync(TreeQuestion question, CancellationToken cancellationToken)
    {
        var (repository, gitRef) = question;
        if (FindFresh(repository, gitRef) is { } hit)
        {
            return new(hit, null);
        }

        telemetry.CountCacheRead(connection.Name, CacheReadResult.Miss);

        // A flight that took off before an invalidation is not joined after it; and one that first asks which branch is the default
        // one by nobody who has named a branch.
        return await _flights.RunAsync(
            (repository, gitRef ?? (directory.Find(repository) is { } known && known.IsFresh(timeProvider.GetUtcNow()) ? known.Value.Repository.DefaultRef : null), store.Mark(repository)),
            token => FetchAsync(question, token),
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

        var reading = head.CommitSha is not null ? FindUnchanged(key, head, HeadSource.Bulk)
            : store.HoldsTreesOf(key) ? null
            : TreeReading.Empty(key.GitRef, HeadSource.Bulk, head.AskedAt);
        return reading is not null && head.Mark is { } mark && store.Keep(repository.Reference, reading, index, mark).ExpiresAt > timeProvider.GetUtcNow();
    }

    /// <summary>Forgets where a ref leads, so that the next read asks.</summary>
    public void Invalidate(RepositoryRef repository, string? gitRef, long? repositoryId = null)
    {
        Forget(store.Invalidate(repository, gitRef, repositoryId));
        refusals.Forget(repository);
    }

    /// <summary>Forgets where every ref of a repository leads, and what is known of it.</summary>
    public void InvalidateRepository(RepositoryRef repository)
    {
        Forget(store.InvalidateRepository(repository));
        refusals.Forget(repository);
    }

    /// <summary>Forgets where every ref of an account's repositories leads, and what is known of them. Trees stay.</summary>
    public void InvalidateOwner(string owner)
    {
        Forget(store.InvalidateOwner(owner));
        refusals.ForgetOwner(owner);
    }

    /// <summary>Forgets everything.</summary>
    public void InvalidateAll()
    {
        Forget(store.InvalidateAll());
        refusals.Forget();
    }

    private void Forget(IEnumerable<PointerKey> keys)
    {
        if (shared is null)
        {
            return;
        }

        foreach (var key in keys)
        {
            shared.Forget(key);
        }
    }

    private async Task<TreeFetch> FetchAsync(TreeQuestion question, CancellationToken cancellationToken)
    {
        // Another flight may have landed between this caller's look and its own take-off.
        var (repository, gitRef) = question;
        if (store.FindFresh(repository, gitRef) is { } landed)
        {
            return new(landed, null);
        }

        return shared is not null && store.KeyOf(repository, gitRef) is { } key
            ? await shared.ReadAsync(repository, key, token => AskAsync(question, token), cancellationToken).ConfigureAwait(false)
            : await AskAsync(question, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TreeFetch> AskAsync(TreeQuestion question, CancellationToken cancellationToken)
    {
        var (repository, branch) = question;
        var mark = store.Mark(repository);
        var source = HeadSource.Tree;
        var began = timeProvider.GetUtcNow();
        try
        {
            var reading = await connection.Interactions.RunAsync(
                connection.Describe("get_tree", repository),
                async _ =>
                {
                    branch ??= await DefaultBranchAsync(question, mark, cancellationToken).ConfigureAwait(false);
                    var key = store.KeyOf(repository, branch)!;

                    // What was told before a push arrived is of no use after it, nor what was told of another branch or has waited for long.
                    if (question.Head is { CommitSha: not null } head
                        && Equals(head.Mark, mark)
                        && branch.Equals(head.Branch, StringComparison.Ordinal)
                        && timeProvider.GetUtcNow() - head.AskedAt < TreeStore.KeepHead)
                    {
                        return await ReadAsync(question, key, head, HeadSource.Bulk, cancellationToken).ConfigureAwait(false);
                    }

                    if (GitRefName.IsObjectId(branch) || !store.HoldsTreesOf(key))
                    {
                        return await ReadAsync(question, key, cancellationToken).ConfigureAwait(false);
                    }

                    source = HeadSource.Commit;
                    var askedAt = timeProvider.GetUtcNow();
                    string commit;
                    try
                    {
                        commit = await CommitReader.ReadAsync(connection, repository, branch, store.FindPointer(key)?.CommitSha, question.Lane, cancellationToken).ConfigureAwait(false);
                    }
                    catch (ScmNotFoundException)
                    {
                        // A tag can lead to a tree without a commit. Where the ref is gone, the tree's answer says so too.
                        source = HeadSource.Tree;
                        return await ReadAsync(question, key, cancellationToken).ConfigureAwait(false);
                    }

                    return await ReadAsync(question, key, new(branch, commit, null, askedAt), source, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            return new(store.Keep(repository, reading, question.Index, mark), InteractionOutcome.Success);
        }
        catch (ScmEmptyRepositoryException error)
        {
            var empty = TreeReading.Empty(branch!, source, began);
            return new(store.Keep(repository, empty, question.Index, mark), connection.Outcomes.Decide(error, cancellationToken), error);
        }
    }

    /// <summary>The tree of the commit that a ref was told to lead to: the one that is kept, else GitHub's.</summary>
    private async Task<TreeReading> ReadAsync(TreeQuestion question, PointerKey key, BranchHead head, HeadSource source, CancellationToken cancellationToken)
    {
        if (FindUnchanged(key, head, source) is { } unchanged)
        {
            return unchanged;
        }

        if (shared is not null && await shared.FindTreeAsync(TreeKey.Of(key, head.CommitSha!), cancellationToken).ConfigureAwait(false) is { } known)
        {
            return new(known, key.GitRef, source, head.AskedAt) { Sha = head.CommitSha!, CommitSha = head.CommitSha!, TreeSha = head.TreeSha, IsUnchanged = true };
        }

        try
        {
            var tree = await reader.ReadAsync(question.Repository, head.CommitSha!, question.Lane, cancellationToken).ConfigureAwait(false);
            return new(tree, key.GitRef, source, head.AskedAt) { Sha = head.CommitSha!, CommitSha = head.CommitSha!, TreeSha = head.TreeSha };
        }
        catch (ScmNotFoundException)
        {
            // Force-pushed away, or not known everywhere yet. The branch itself decides.
            return await ReadAsync(question, key, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TreeReading> ReadAsync(TreeQuestion question, PointerKey key, CancellationToken cancellationToken)
    {
        // From before it is asked: what another instance hears of meanwhile is later than this.
        var askedAt = timeProvider.GetUtcNow();
        var tree = await reader.ReadAsync(question.Repository, key.GitRef, question.Lane, cancellationToken).ConfigureAwait(false);

        // The id in the answer is the commit's here; where a server gives the tree's, the first look-up of the commit differs and
        // costs one reading more.
        return new(tree, key.GitRef, HeadSource.Tree, askedAt) { Sha = tree.Sha, CommitSha = tree.Sha };
    }

    private TreeReading? FindUnchanged(PointerKey key, BranchHead head, HeadSource source) =>
        store.FindTree(key, head.CommitSha!, head.TreeSha) is (var tree, var sha)
            ? new(tree, key.GitRef, source, head.AskedAt) { Sha = sha, CommitSha = head.CommitSha!, TreeSha = head.TreeSha, IsUnchanged = true }
            : null;

    private async Task<string> DefaultBranchAsync(TreeQuestion question, object mark, CancellationToken cancellationToken)
    {
        var repository = question.Repository;
        if (question.Listed is { } listed && mark.Equals(question.ListedMark))
        {
            // What the directory knew of it may have been pushed out by trees.
            store.Recall(listed, mark);
            return listed.DefaultRef;
        }

        if (directory.Find(repository) is { } known && known.IsFresh(timeProvider.GetUtcNow()))
        {
            return known.Value.Repository.DefaultRef;
        }

        var moment = directory.Invalidations.Moment;
        var found = await RepositoryReader.ReadAsync(connection, repository, question.Lane, cancellationToken).ConfigureAwait(false);
        if (mark.Equals(store.Mark(repository)))
        {
            directory.LearnAs(repository, found, moment);
        }

        return found.DefaultRef;
    }
}
