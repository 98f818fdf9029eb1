using System.Globalization;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>
/// Trees by repository and ref. Two kinds of entries: the pointer (this ref is that commit, or the repository is empty),
/// which ages with a staggered lifetime, and the tree of a commit, which never changes and is shared by all pointers to it.
/// </summary>
internal sealed class TreeCache(
    GitHubConnection connection,
    TreeReader reader,
    RepositoryDirectory directory,
    BoundedCache cache,
    InteractionTelemetry telemetry,
    TimeProvider timeProvider)
{
    private const int PointerBytes = 300;
    private const int RefusalBytes = 4000;

    // How long a pointer is kept past its lifetime, to be served as stale.
    private static readonly TimeSpan KeepStale = TimeSpan.FromDays(7);

    // Longer than any read is under way.
    private static readonly TimeSpan KeepInvalidation = TimeSpan.FromHours(1);

    // Everything is kept under it, so that a new one forgets everything: reads under way included.
    private volatile Age _age = new(0);
    private int _ages;

    private readonly SingleFlight<(RepositoryRef Repository, string? GitRef, object? Invalidation), TreeFetch> _flights = new();

    /// <summary>What is cached, fresh or stale, without a request; <see langword="null"/> when nothing is.</summary>
    public CachedTree? Find(RepositoryRef repository, string? gitRef)
    {
        var known = directory.Find(repository)?.Value;
        return (gitRef ?? known?.DefaultRef) is { } branch ? FindPointer(Key(known, repository, branch)) : null;
    }

    /// <summary>The cached tree while it is fresh, else GitHub's, asked once for all concurrent callers.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">The ref; <see langword="null"/> for the default branch.</param>
    /// <param name="index">The place in a list, for staggers that go by it; <see langword="null"/> for a read outside of any.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async Task<TreeFetch> ReadAsync(RepositoryRef repository, string? gitRef, int? index, CancellationToken cancellationToken)
    {
        if (FindFresh(repository, gitRef) is { } hit)
        {
            telemetry.CountCacheRead(connection.Name, hit.Status is TreeStatus.Empty ? CacheReadResult.Negative : CacheReadResult.Hit);
            return new(hit, null);
        }

        telemetry.CountCacheRead(connection.Name, CacheReadResult.Miss);

        // A flight that took off before an invalidation is not joined after it.
        return await _flights.RunAsync(
            (repository, gitRef ?? directory.Find(repository)?.Value.DefaultRef, LastInvalidation(repository)),
            token => FetchAsync(repository, gitRef, index, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts a tree past its lifetime that was served because nothing better could be had.</summary>
    public void CountStaleRead() => telemetry.CountCacheRead(connection.Name, CacheReadResult.Stale);

    /// <summary>Forgets a pointer, so that the next read asks. Trees stay: they do not change.</summary>
    public void Invalidate(RepositoryRef repository, string? gitRef)
    {
        cache.Set(InvalidationKey(repository), new object(), PointerBytes, KeepInvalidation);
        var known = directory.Find(repository)?.Value;
        if ((gitRef ?? known?.DefaultRef) is { } branch)
        {
            cache.Remove(Key(known, repository, branch));
            cache.Remove(Key(null, repository, branch));
        }

        cache.Remove(RefusalKey(repository.FullName));
        cache.Remove(RefusalKey(repository.Owner));
    }

    /// <summary>Forgets what is known of a repository: its default branch and where that points, its name and id, and what scans were told of it.</summary>
    public void InvalidateRepository(RepositoryRef repository)
    {
        Invalidate(repository, gitRef: null);
        directory.Forget(repository);
    }

    /// <summary>Forgets every pointer and refusal, as when the rights of the credential have changed. What is under way is not kept.</summary>
    public void InvalidateAll() => _age = new(Interlocked.Increment(ref _ages));

    /// <summary>
    /// What a scan was told of a repository a while ago, where asking again would only be told the same: not there, no permission,
    /// blocked. <see langword="null"/> when it should be asked. Reads outside of a scan always ask.
    /// </summary>
    public ScmException? FindRefusal(RepositoryRef repository) =>
        (FindRefusal(repository.FullName) ?? FindRefusal(repository.Owner)) is { } error
            ? ScmException.From(error with { Origin = ErrorOrigin.Client, Status = null, Message = "Not asked again yet: " + error.Message })
            : null;

    /// <summary>Remembers what a scan was told, for as long as the retry table says. Trade controls hold for all of the account.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="refused">What was told.</param>
    /// <param name="mark">The <see cref="Mark"/> from before it was asked: an invalidation since then is not undone.</param>
    public void RememberRefusal(RepositoryRef repository, ScmException refused, object? mark)
    {
        var row = RetryTable.Find(OperationClass.Read, RetryCondition.Scan, refused.Reason, refused.Origin, (int?)refused.Status);

        // What a token seconds old was told, or what broke off, may not be so.
        if (refused.Origin is ErrorOrigin.GitHub && refused.Error.Rule is not ("26" or "6a") && row.RememberedFor > TimeSpan.Zero && ReferenceEquals(mark, Mark(repository)))
        {
            var name = refused.Reason is ErrorReason.TradeControls ? repository.Owner : repository.FullName;
            cache.Set(RefusalKey(name), refused.Error with { ValidationErrors = [] }, RefusalBytes, row.RememberedFor);
        }
    }

    private ScmError? FindRefusal(string name) => cache.TryGet<ScmError>(RefusalKey(name), out var error) ? error : null;

    private (string Kind, string Host, string Credential, string Name) RefusalKey(string name) =>
        ("refusal", connection.Host.ApiAddress.Authority, Partition, name.ToUpperInvariant());

    /// <summary>Changes with every invalidation of the repository.</summary>
    public object? Mark(RepositoryRef repository) => LastInvalidation(repository);

    private object? LastInvalidation(RepositoryRef repository) =>
        cache.TryGet<object>(InvalidationKey(repository), out var mark) ? mark : _age;

    private (string Kind, RepositoryRef Repository, Age Age) InvalidationKey(RepositoryRef repository) => ("invalidation", repository, _age);

    private string Partition => string.Create(CultureInfo.InvariantCulture, $"{connection.Credential.Identity} {_age.Number}");

    private async Task<TreeFetch> FetchAsync(RepositoryRef repository, string? gitRef, int? index, CancellationToken cancellationToken)
    {
        // Another flight may have landed between this caller's look and its own take-off.
        if (FindFresh(repository, gitRef) is { } landed)
        {
            return new(landed, null);
        }

        var branch = gitRef;
        var invalidation = LastInvalidation(repository);
        try
        {
            var tree = await connection.Interactions.RunAsync(
                connection.Describe("get_tree", repository),
                async _ =>
                {
                    branch ??= await DefaultBranchAsync(repository, cancellationToken).ConfigureAwait(false);
                    return await reader.ReadAsync(repository, branch, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            return new(Keep(repository, branch!, index, tree, invalidation), InteractionOutcome.Success);
        }
        catch (ScmEmptyRepositoryException error)
        {
            return new(Keep(repository, branch!, index, RepositoryTree.Empty, invalidation), connection.Outcomes.Decide(error, cancellationToken), error);
        }
    }

    private async Task<string> DefaultBranchAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        if (directory.Find(repository) is { } known && known.IsFresh(timeProvider.GetUtcNow()))
        {
            return known.Value.DefaultRef;
        }

        var found = await RepositoryReader.ReadAsync(connection, repository, cancellationToken).ConfigureAwait(false);
        directory.LearnAs(repository, found);
        return found.DefaultRef;
    }

    private CachedTree Keep(RepositoryRef repository, string branch, int? index, RepositoryTree tree, object? invalidation)
    {
        var known = directory.Find(repository)?.Value;
        var key = Key(known, repository, branch);
        var now = timeProvider.GetUtcNow();
        var status = tree.Sha.Length == 0 ? TreeStatus.Empty : TreeStatus.Fetched;
        if (!tree.IsComplete || !ReferenceEquals(invalidation, LastInvalidation(repository)))
        {
            // Given to who asked for it, and not kept: a partial tree must never pass for a complete one, and what was read
            // before a push arrived must not outlive it.
            return new(tree, status, now, now);
        }

        var place = index ?? (int)((known?.Id ?? 0) & int.MaxValue);
        var name = known is null ? key.Repository : known.Id.ToString(CultureInfo.InvariantCulture);
        var lifetime = connection.Options.Trees.Stagger.Next($"{name}@{branch}", place, now);
        var pointer = new Aged<TreePointer>(new TreePointer(tree.Sha), now, now + lifetime);

        // The tree first: making room for it must not push out the pointer that leads to it.
        if (!pointer.Value.IsEmpty)
        {
            cache.Set(TreeKey(key, tree.Sha), tree, SizeOf(tree), lifetime + KeepStale);
        }

        cache.Set(key, pointer, PointerBytes, lifetime + KeepStale);
        return new(tree, status, pointer.FetchedAt, pointer.ExpiresAt);
    }

    private CachedTree? FindFresh(RepositoryRef repository, string? gitRef) =>
        Find(repository, gitRef) is { } found && found.ExpiresAt > timeProvider.GetUtcNow() ? found : null;

    private CachedTree? FindPointer(PointerKey key)
    {
        if (!cache.TryGet<Aged<TreePointer>>(key, out var pointer))
        {
            return null;
        }

        var status = pointer.IsFresh(timeProvider.GetUtcNow()) ? TreeStatus.Cached : TreeStatus.Stale;
        return pointer.Value.IsEmpty
            ? new(RepositoryTree.Empty, status is TreeStatus.Cached ? TreeStatus.Empty : status, pointer.FetchedAt, pointer.ExpiresAt)
            : cache.TryGet<RepositoryTree>(TreeKey(key, pointer.Value.Sha), out var tree)
                ? new(tree, status, pointer.FetchedAt, pointer.ExpiresAt)
                : null;
    }

    private PointerKey Key(GitHubRepository? known, RepositoryRef repository, string gitRef) => new(
        connection.Host.ApiAddress.Authority,
        Partition,
        known is null ? repository.FullName.ToUpperInvariant() : string.Create(CultureInfo.InvariantCulture, $"{known.Id} {known.FullName.ToUpperInvariant()}"),
        gitRef);

    private static (string Kind, string Host, string Credential, string Repository, string Sha) TreeKey(PointerKey key, string sha) =>
        ("tree", key.Host, key.Credential, key.Repository, sha);

    // Two bytes a character, and what the entry, its strings and its place in the array cost besides.
    private static long SizeOf(RepositoryTree tree) => tree.Sum(entry => 2L * (entry.Path.Length + entry.Sha.Length) + 200);

    /// <summary>What lies between two times of forgetting everything.</summary>
    private sealed record Age(int Number);
}
