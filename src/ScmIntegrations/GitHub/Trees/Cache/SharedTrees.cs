using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.Trees.Columns;
using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>
/// The trees and pointers that all instances share, behind the store of this one. What it cannot give, GitHub is asked for; what
/// is found past its time still spares reading a tree that has not changed.
/// </summary>
internal sealed class SharedTrees(SecondLevelCache cache, SharedRefresh refresh, TreeStore store, TimeSpan longestFetch)
{
    // A tree is good for ever; one that nobody has pointed to for so long is not wanted.
    private static readonly TimeSpan KeepTree = TimeSpan.FromDays(30);

    /// <summary>Takes a tree that another instance has read, or reads it and shows it to the others; one instance at a time.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="key">The ref.</param>
    /// <param name="fetch">Asks GitHub.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TreeFetch> ReadAsync(RepositoryRef repository, PointerKey key, Func<CancellationToken, Task<TreeFetch>> fetch, CancellationToken cancellationToken) =>
        refresh.RunAsync<TreeFetch>(
            KeyOf(key),
            (budget, token) => FindAsync(repository, key, budget, token),
            async token =>
            {
                var fetched = await fetch(token).ConfigureAwait(false);
                return new(fetched, ShowUnlessDisposedAsync(key, fetched.Tree));
            },
            longestFetch,
            StoreBudget.ForCall(),
            cancellationToken);

    /// <summary>Takes what another instance knows of a ref, fresh or stale, into the store of this one.</summary>
    public Task TakeAsync(RepositoryRef repository, PointerKey key, CancellationToken cancellationToken) =>
        FindAsync(repository, key, StoreBudget.ForCall(), cancellationToken);

    /// <summary>The tree of a commit, as far as another instance has read it.</summary>
    public async Task<RepositoryTree?> FindTreeAsync(TreeKey key, CancellationToken cancellationToken) =>
        await FindTreeAsync(key, StoreBudget.ForCall(), cancellationToken).ConfigureAwait(false) is { Value: { } tree } ? tree : null;

    /// <summary>Shows what was read. It runs behind the call, and so can outlive the client.</summary>
    private async Task ShowUnlessDisposedAsync(PointerKey key, CachedTree read)
    {
        try
        {
            await ShowAsync(key, read).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The memory of a client that is gone has nothing more to show.
        }
    }

    /// <summary>Shows the others what this instance keeps of a ref.</summary>
    /// <returns>Completes when they can find it, or will not.</returns>
    private async Task ShowAsync(PointerKey key, CachedTree read)
    {
        if (store.FindEntry(key) is not { } entry || entry.Pointer.FetchedAt < read.FetchedAt)
        {
            // Not kept; what was kept before it is nothing new, and others may know better by now.
            return;
        }

        var (pointer, tree) = entry;
        var keepFor = store.KeepFor(pointer.ExpiresAt);
        if (read.Status is TreeStatus.Fetched && pointer.Value.Tree is { } treeKey)
        {
            await cache.Set(KeyOf(treeKey), () => TreeCodec.Write(tree), pointer.FetchedAt, pointer.ExpiresAt, KeepTree).ConfigureAwait(false);
        }

        if (store.FindPointer(key) != pointer.Value)
        {
            // Invalidated while the tree was written: its removal may have been written before.
            return;
        }

        // After the tree, so that nobody finds a way to what is not there.
        await cache.Set(KeyOf(key), () => TreePointerCodec.Write(pointer.Value), pointer.FetchedAt, pointer.ExpiresAt, keepFor).ConfigureAwait(false);
    }

    /// <summary>Forgets where a ref leads, for all instances that ask the shared cache.</summary>
    public void Forget(PointerKey key) => _ = cache.Remove(KeyOf(key));

    private async Task<StoreAnswer<TreeFetch>> FindAsync(RepositoryRef repository, PointerKey key, StoreBudget budget, CancellationToken cancellationToken)
    {
        var mark = store.Mark(repository);
        var found = await cache.FindAsync(KeyOf(key), budget, cancellationToken).ConfigureAwait(false);
        if (found is not { IsAnswered: true, Value: { } shown })
        {
            return new(found.IsAnswered, null);
        }

        if (!TreePointerCodec.TryRead(shown.Value, key, out var pointer) || store.IsInvalidatedSince(repository, shown.FetchedAt))
        {
            return new(true, null);
        }

        var tree = RepositoryTree.Empty;
        if (pointer.Tree is { } treeKey)
        {
            var answer = await FindTreeAsync(treeKey, budget, cancellationToken).ConfigureAwait(false);
            if (answer.Value is null)
            {
                return new(answer.IsAnswered, null);
            }

            tree = answer.Value;
        }

        // One that is past its time is kept as well: whether it has changed is asked for less than a tree.
        store.Take(key, new(pointer, shown.FetchedAt, shown.ExpiresAt), tree, repository, mark);
        return new(true, store.FindFresh(key) is { } fresh ? new(fresh, null) : null);
    }

    private async Task<StoreAnswer<RepositoryTree>> FindTreeAsync(TreeKey key, StoreBudget budget, CancellationToken cancellationToken)
    {
        if (store.FindTree(key) is { } kept)
        {
            return new(true, kept.Value);
        }

        var found = await cache.FindAsync(KeyOf(key), budget, cancellationToken).ConfigureAwait(false);
        return new(found.IsAnswered, found.Value is { } shown && TreeCodec.TryRead(shown.Value, out var tree) ? tree : null);
    }

    private static SecondLevelKey KeyOf(PointerKey key) => SecondLevelKey.Of("ref", key.Host, key.Credential, key.Repository, key.GitRef);

    private static SecondLevelKey KeyOf(TreeKey key) => SecondLevelKey.Of("tree", key.Host, key.Credential, key.Repository, key.Sha);
}
