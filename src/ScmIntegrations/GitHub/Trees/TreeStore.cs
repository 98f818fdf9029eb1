using System.Globalization;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// Trees in memory. Two kinds of entries: the pointer (this ref is that commit, or the repository is empty), which ages with
/// a staggered lifetime, and the tree, which never changes, is kept by commit or tree id, and is shared by all pointers to it.
/// </summary>
internal sealed class TreeStore(GitHubConnection connection, RepositoryDirectory directory, BoundedCache cache, TimeProvider timeProvider)
{
    private const int PointerBytes = 400;
    private const int MarkBytes = 200;

    // How long a pointer is kept past its lifetime, to be served as stale.
    private static readonly TimeSpan KeepStale = TimeSpan.FromDays(7);

    // Longer than any read is under way.
    private static readonly TimeSpan KeepInvalidation = TimeSpan.FromHours(1);

    private readonly string _host = connection.Host.ApiAddress.Authority;

    /// <summary>What is kept for a ref, fresh or stale; <see langword="null"/> when nothing is.</summary>
    public CachedTree? Find(RepositoryRef repository, string? gitRef) =>
        KeyOf(repository, gitRef) is { } key ? Find(key) : null;

    /// <summary>What is kept for a ref and still trusted.</summary>
    public CachedTree? FindFresh(RepositoryRef repository, string? gitRef) =>
        Find(repository, gitRef) is { } found && found.ExpiresAt > timeProvider.GetUtcNow() ? found : null;

    /// <summary>The key of a ref; <see langword="null"/> while nobody knows what the default branch is.</summary>
    public PointerKey? KeyOf(RepositoryRef repository, string? gitRef)
    {
        var known = directory.Find(repository)?.Value;
        return (gitRef ?? known?.Repository.DefaultRef) is { } branch ? KeyOf(repository, known, branch) : null;
    }

    /// <summary>Where a ref led when it was last asked, fresh or stale.</summary>
    public TreePointer? FindPointer(PointerKey key) => cache.TryGet<Aged<TreePointer>>(key, out var pointer) ? pointer.Value : null;

    /// <summary>The tree of a commit, if it is kept, and the id it is kept under: the commit's own, or that of another commit with the same tree.</summary>
    public (RepositoryTree Tree, string Sha)? FindTree(PointerKey key, string commitSha, string? treeSha)
    {
        if (FindPointer(key) is { Tree: { } pointed } pointer && pointer.CommitSha.Equals(commitSha, StringComparison.OrdinalIgnoreCase) && FindTree(pointed) is { } same)
        {
            return (same.Value, pointed.Sha);
        }

        if (FindTree(TreeKey.Of(key, commitSha)) is { } own)
        {
            return (own.Value, commitSha);
        }

        return treeSha is not null
            && cache.TryGet<string>(SameTreeKey(key, treeSha), out var other)
            && FindTree(TreeKey.Of(key, other)) is { } shared ? (shared.Value, other) : null;
    }

    /// <summary>Whether any tree of the repository is kept, so that asking where a ref leads may spare reading it.</summary>
    public bool HoldsTreesOf(PointerKey key) => cache.TryGet<string>(AnyTreeKey(key), out _);

    /// <summary>Changes with every invalidation of the repository, as long as reads from before it can be under way.</summary>
    public object? Mark(RepositoryRef repository) =>
        (cache.TryGet<object>(MarkKey(repository), out var one) ? one : null, cache.TryGet<object>(MarkKey(null), out var all) ? all : null);

    /// <summary>Keeps what was read, unless it was invalidated meanwhile or is not complete.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="index">The place in a list, for staggers that go by it.</param>
    /// <param name="mark">The <see cref="Mark"/> from before it was asked.</param>
    public CachedTree Keep(RepositoryRef repository, TreeReading reading, int? index, object? mark)
    {
        if (!reading.Tree.IsComplete || !Equals(mark, Mark(repository)))
        {
            // Given to who asked for it, and not kept: a partial tree must never pass for a complete one, and what was read
            // before a push arrived must not outlive it.
            return reading.ToCachedTree(reading.AskedAt);
        }

        var known = directory.Find(repository)?.Value;
        var key = KeyOf(repository, known, reading.GitRef);
        var place = index ?? (int)((known?.Repository.Id ?? 0) & int.MaxValue);
        var name = known is null ? key.Repository : known.Repository.Id.ToString(CultureInfo.InvariantCulture);
        var lifetime = connection.Options.Trees.Stagger.Next($"{name}@{reading.GitRef}", place, reading.AskedAt);
        var expiresAt = reading.AskedAt + lifetime;
        var keepFor = expiresAt - timeProvider.GetUtcNow() + KeepStale;
        var treeKey = reading.IsEmpty ? null : TreeKey.Of(key, reading.Sha);

        // The tree first: making room for it must not push out the pointer that leads to it.
        if (treeKey is not null)
        {
            cache.Set(treeKey, new Aged<RepositoryTree>(reading.Tree, reading.AskedAt, expiresAt), reading.Tree.SizeInBytes, keepFor);
            cache.Set(AnyTreeKey(key), key.Repository, MarkBytes, keepFor);
            if (reading.TreeSha is { } treeSha)
            {
                cache.Set(SameTreeKey(key, treeSha), reading.Sha, MarkBytes, keepFor);
            }
        }

        var pointer = new TreePointer(treeKey, reading.CommitSha, reading.Source);
        cache.Set(key, new Aged<TreePointer>(pointer, reading.AskedAt, expiresAt), PointerBytes, keepFor);
        return reading.ToCachedTree(expiresAt);
    }

    /// <summary>Forgets a pointer. Trees stay: they do not change.</summary>
    public void Invalidate(RepositoryRef repository, string? gitRef)
    {
        cache.Set(MarkKey(repository), new object(), MarkBytes, KeepInvalidation);
        var known = directory.Find(repository)?.Value;
        if ((gitRef ?? known?.Repository.DefaultRef) is { } branch)
        {
            cache.Remove(KeyOf(repository, known, branch));
            cache.Remove(KeyOf(repository, null, branch));
        }
    }

    /// <summary>Forgets every pointer of a repository, and what it is called and which branch is its default.</summary>
    public void InvalidateRepository(RepositoryRef repository)
    {
        cache.Set(MarkKey(repository), new object(), MarkBytes, KeepInvalidation);
        var (known, name) = (directory.Find(repository)?.Value.Key, repository.FullName.ToUpperInvariant());
        cache.RemoveWhere(key => key is PointerKey pointer && (pointer.Repository.Equals(name, StringComparison.Ordinal) || pointer.Repository.Equals(known, StringComparison.Ordinal)));
        directory.Forget(repository);
    }

    /// <summary>Forgets every pointer, tree and repository.</summary>
    public void InvalidateAll()
    {
        cache.Set(MarkKey(null), new object(), MarkBytes, KeepInvalidation);
        cache.RemoveWhere(static key => key is PointerKey or TreeKey or RepositoryRef);
    }

    private CachedTree? Find(PointerKey key)
    {
        if (cache.TryGet<Aged<TreePointer>>(key, out var pointer))
        {
            return pointer.Value.Tree is not { } treeKey ? ToCachedTree(RepositoryTree.Empty, pointer)
                : FindTree(treeKey) is { } kept ? ToCachedTree(kept.Value, pointer)
                : null;
        }

        // Who asks by the id of a commit or tree needs nobody to say where it leads.
        return GitRefName.IsObjectId(key.GitRef) && TreeKey.Of(key, key.GitRef) is var ownKey && FindTree(ownKey) is { } own
            ? ToCachedTree(own.Value, new(new(ownKey, key.GitRef, HeadSource.Tree), own.FetchedAt, own.ExpiresAt))
            : null;
    }

    private CachedTree ToCachedTree(RepositoryTree tree, in Aged<TreePointer> pointer)
    {
        var status = !pointer.IsFresh(timeProvider.GetUtcNow()) ? TreeStatus.Stale : pointer.Value.IsEmpty ? TreeStatus.Empty : TreeStatus.Cached;
        return new(tree, status, pointer.FetchedAt, pointer.ExpiresAt) { Source = pointer.Value.Source };
    }

    private Aged<RepositoryTree>? FindTree(TreeKey key) => cache.TryGet<Aged<RepositoryTree>>(key, out var tree) ? tree : null;

    private PointerKey KeyOf(RepositoryRef repository, KnownRepository? known, string branch) =>
        new(_host, connection.Credential.Identity, known?.Key ?? repository.FullName.ToUpperInvariant(), branch);

    private static (string Kind, PointerKey Key) AnyTreeKey(PointerKey key) => ("any tree", key with { GitRef = "" });

    private static (string Kind, TreeKey Key) SameTreeKey(PointerKey key, string treeSha) => ("same tree", TreeKey.Of(key, treeSha));

    private static (string Kind, RepositoryRef? Repository) MarkKey(RepositoryRef? repository) => ("invalidation", repository);
}
