using System.Globalization;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Trees.Cache;

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

    /// <summary>How long a head is believed whose tree has not been read yet.</summary>
    public static readonly TimeSpan KeepHead = TimeSpan.FromMinutes(10);

    private readonly string _host = connection.Host.ApiAddress.Authority;
    private readonly Invalidations _invalidations = directory.Invalidations;

    /// <summary>
    /// Learns again what a list said of a repository, if trees have pushed it out since and nothing has been invalidated: else the
    /// scan would ask for each which branch it is to read.
    /// </summary>
    public void Recall(GitHubRepository repository, object mark)
    {
        var reference = repository.Reference;
        if (directory.Find(reference) is null && mark.Equals(Mark(reference)))
        {
            directory.Learn(repository, _invalidations.Moment);
        }
    }

    /// <summary>What is kept for a ref, fresh or stale; <see langword="null"/> when nothing is.</summary>
    public CachedTree? Find(RepositoryRef repository, string? gitRef) =>
        KeyOf(repository, gitRef) is { } key ? Find(key) : null;

    /// <summary>What is kept for a ref and still trusted.</summary>
    public CachedTree? FindFresh(RepositoryRef repository, string? gitRef) =>
        KeyOf(repository, gitRef) is { } key ? FindFresh(key) : null;

    /// <summary>What is kept under a key and still trusted.</summary>
    public CachedTree? FindFresh(PointerKey key) =>
        Find(key) is { } found && found.ExpiresAt > timeProvider.GetUtcNow() ? found : null;

    /// <summary>The pointer under a key and the tree that it leads to, fresh or stale.</summary>
    public (Aged<TreePointer> Pointer, RepositoryTree Tree)? FindEntry(PointerKey key) =>
        !cache.TryGet<Aged<TreePointer>>(key, out var pointer) ? null
        : pointer.Value.Tree is not { } treeKey ? (pointer, RepositoryTree.Empty)
        : FindTree(treeKey) is { } tree ? (pointer, tree.Value)
        : null;

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
    public object Mark(RepositoryRef repository) => _invalidations.Mark(repository);

    /// <summary>Whether the repository was invalidated since what was told at a moment.</summary>
    public bool IsInvalidatedSince(RepositoryRef repository, DateTimeOffset toldAt) => _invalidations.HasSince(repository, toldAt);

    /// <summary>How long a pointer of such an end is kept from now, its time as a stale one included.</summary>
    public TimeSpan KeepFor(DateTimeOffset expiresAt) => expiresAt - timeProvider.GetUtcNow() + KeepStale;

    /// <summary>Remembers for a while where a branch leads whose tree is still to be read, so that a scan does not ask what its plan was told.</summary>
    public void Remember(PointerKey key, BranchHead head) => cache.Set(HeadKey(key), head, PointerBytes, KeepHead);

    /// <summary>Where a branch leads whose tree is still to be read, as it was told a short while ago and before no push.</summary>
    public BranchHead? FindHead(PointerKey key, RepositoryRef repository) =>
        cache.TryGet<BranchHead>(HeadKey(key), out var head) && Mark(repository).Equals(head.Mark) ? head : null;

    /// <summary>Keeps what was read, unless it was invalidated meanwhile or is not complete.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="index">The place in a list, for staggers that go by it.</param>
    /// <param name="mark">The <see cref="Mark"/> from before it was asked.</param>
    public CachedTree Keep(RepositoryRef repository, TreeReading reading, int? index, object mark)
    {
        if (!reading.Tree.IsComplete || !mark.Equals(Mark(repository)))
        {
            // Given to who asked for it, and not kept: a partial tree must never pass for a complete one, and what was read
            // before a push arrived must not outlive it.
            return reading.ToCachedTree(reading.AskedAt);
        }

        var known = directory.Find(repository)?.Value;
        var key = KeyOf(repository, known, reading.GitRef);
        if (cache.TryGet<Aged<TreePointer>>(key, out var present) && present.FetchedAt > reading.AskedAt)
        {
            // Who asked later knows better.
            return reading.ToCachedTree(reading.AskedAt);
        }

        var place = index ?? (int)((known?.Repository.Id ?? 0) & int.MaxValue);
        var name = known is null ? key.Repository : known.Repository.Id.ToString(CultureInfo.InvariantCulture);
        var lifetime = connection.Options.Trees.Stagger.Next($"{name}@{reading.GitRef}", place, reading.AskedAt);
        var expiresAt = reading.AskedAt + lifetime;
        var pointer = new TreePointer(reading.IsEmpty ? null : TreeKey.Of(key, reading.Sha), reading.CommitSha, reading.Source);
        Set(key, new(pointer, reading.AskedAt, expiresAt), reading.Tree, reading.TreeSha);
        return reading.ToCachedTree(expiresAt);
    }

    /// <summary>Keeps what another instance was told, unless it was invalidated here meanwhile or something newer is kept.</summary>
    public void Take(PointerKey key, in Aged<TreePointer> pointer, RepositoryTree tree, RepositoryRef repository, object mark)
    {
        var isNewer = !cache.TryGet<Aged<TreePointer>>(key, out var present) || present.FetchedAt <= pointer.FetchedAt;
        if (isNewer && tree.IsComplete && mark.Equals(Mark(repository)) && KeepFor(pointer.ExpiresAt) > TimeSpan.Zero)
        {
            Set(key, pointer, tree, treeSha: null);
        }
    }

    /// <summary>Forgets a pointer. Trees stay: they do not change.</summary>
    /// <returns>What it can have been kept under.</returns>
    public IEnumerable<PointerKey> Invalidate(RepositoryRef repository, string? gitRef, long? repositoryId)
    {
        _invalidations.Add(repository);
        var known = directory.Find(repository)?.Value;
        if ((gitRef ?? known?.Repository.DefaultRef) is not { } branch)
        {
            return [];
        }

        var keys = new HashSet<PointerKey> { KeyOf(repository, known, branch), KeyOf(repository, null, branch) };
        if (repositoryId is { } id)
        {
            // Other instances know it by its id, also when this one has never heard of it.
            keys.Add(KeyOf(repository, null, branch) with { Repository = KnownRepository.KeyOf(id, repository.FullName) });
        }

        foreach (var key in keys)
        {
            cache.Remove(key);
        }

        return keys;
    }

    /// <summary>Forgets every pointer of a repository, and what it is called and which branch is its default.</summary>
    /// <returns>What was forgotten.</returns>
    public IEnumerable<PointerKey> InvalidateRepository(RepositoryRef repository)
    {
        _invalidations.Add(repository);
        var (known, name) = (directory.Find(repository)?.Value.Key, repository.FullName.ToUpperInvariant());
        var removed = cache.RemoveWhere(key => key is PointerKey pointer && (pointer.Repository.Equals(name, StringComparison.Ordinal) || pointer.Repository.Equals(known, StringComparison.Ordinal)));
        directory.Forget(repository);
        return removed.OfType<PointerKey>();
    }

    /// <summary>Forgets every pointer of an account's repositories, what they are called, and which branches are their default.</summary>
    /// <returns>What was forgotten.</returns>
    public IEnumerable<PointerKey> InvalidateOwner(string owner)
    {
        _invalidations.AddOwner(owner);
        var name = owner.ToUpperInvariant() + "/";
        return cache.RemoveWhere(key => key switch
        {
            // Kept under the name alone, or under the id and the name.
            PointerKey { Repository: var repository } => repository.StartsWith(name, StringComparison.Ordinal) || repository.Contains(" " + name, StringComparison.Ordinal),
            RepositoryRef repository => repository.Owner.Equals(owner, StringComparison.OrdinalIgnoreCase),
            _ => false,
        }).OfType<PointerKey>();
    }

    /// <summary>Forgets every pointer, tree and repository.</summary>
    /// <returns>The pointers that were forgotten.</returns>
    public IEnumerable<PointerKey> InvalidateAll()
    {
        _invalidations.AddEverything();
        return cache.RemoveWhere(static key => key is PointerKey or TreeKey or RepositoryRef).OfType<PointerKey>();
    }

    private void Set(PointerKey key, in Aged<TreePointer> pointer, RepositoryTree tree, string? treeSha)
    {
        // The tree first: making room for it must not push out the pointer that leads to it.
        var keepFor = KeepFor(pointer.ExpiresAt);
        if (pointer.Value.Tree is { } treeKey)
        {
            cache.Set(treeKey, new Aged<RepositoryTree>(tree, pointer.FetchedAt, pointer.ExpiresAt), tree.SizeInBytes, keepFor);
            cache.Set(AnyTreeKey(key), key.Repository, MarkBytes, keepFor);
            if (treeSha is not null)
            {
                cache.Set(SameTreeKey(key, treeSha), treeKey.Sha, MarkBytes, keepFor);
            }
        }

        cache.Set(key, pointer, PointerBytes, keepFor);

        // It has served its turn: at the end of the pointer's time it would be older than the pointer.
        cache.Remove(HeadKey(key));
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

    /// <summary>A tree by its key.</summary>
    public Aged<RepositoryTree>? FindTree(TreeKey key) => cache.TryGet<Aged<RepositoryTree>>(key, out var tree) ? tree : null;

    private PointerKey KeyOf(RepositoryRef repository, KnownRepository? known, string branch) =>
        new(_host, connection.Credential.Identity, known?.Key ?? repository.FullName.ToUpperInvariant(), branch);

    private static (string Kind, PointerKey Key) AnyTreeKey(PointerKey key) => ("any tree", key with { GitRef = "" });

    private static (string Kind, PointerKey Key) HeadKey(PointerKey key) => ("head", key);

    private static (string Kind, TreeKey Key) SameTreeKey(PointerKey key, string treeSha) => ("same tree", TreeKey.Of(key, treeSha));
}
