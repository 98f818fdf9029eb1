using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.Trees.Cache;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>
/// Remembers what listings and look-ups said of repositories: the id, which outlives a renaming, and the default branch.
/// So a read by name finds what a scan by id has cached, without asking.
/// </summary>
internal sealed class RepositoryDirectory(BoundedCache cache, TimeProvider timeProvider)
{
    // As long as the shortest life of a pointer: a tree that has to be asked for later than this is preceded by the question which branch it is.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(23);
    private const int EntryBytes = 700;

    // What is said again within a minute, and is the same, is not kept anew.
    private static readonly TimeSpan Same = TimeSpan.FromMinutes(1);

    /// <summary>What was invalidated: nothing is learnt that was told before.</summary>
    public Invalidations Invalidations { get; } = new(timeProvider);

    /// <summary>Takes in what a listing said.</summary>
    /// <param name="repository">What it said.</param>
    /// <param name="askedAt">The <see cref="Invalidations.Moment"/> from before it was asked.</param>
    public void Learn(GitHubRepository repository, long askedAt) => Learn(repository, repository.Reference, askedAt);

    /// <summary>Takes in what GitHub answered when a name was asked for: an old name leads to the repository as well as the present one.</summary>
    /// <param name="asked">The name.</param>
    /// <param name="repository">The answer.</param>
    /// <param name="askedAt">The <see cref="Invalidations.Moment"/> from before it was asked.</param>
    public void LearnAs(RepositoryRef asked, GitHubRepository repository, long askedAt)
    {
        Learn(repository, asked, askedAt);
        if (!repository.FullName.Equals(asked.FullName, StringComparison.OrdinalIgnoreCase))
        {
            Learn(repository, askedAt);
        }
    }

    /// <summary>What is known, and until when the default branch is to be trusted.</summary>
    public Aged<KnownRepository>? Find(RepositoryRef repository) =>
        cache.TryGet<Aged<KnownRepository>>(repository, out var known) ? known : null;

    /// <summary>Forgets what was said of a name.</summary>
    public void Forget(RepositoryRef repository) => cache.Remove(repository);

    // The reference itself is the key: a read finds what it needs without making one.
    private void Learn(GitHubRepository repository, RepositoryRef name, long askedAt)
    {
        if (Invalidations.HasSince(name, askedAt))
        {
            return;
        }

        var now = timeProvider.GetUtcNow();
        if (Find(name) is { } known && now - known.FetchedAt < Same && known.Value.Repository == repository)
        {
            return;
        }

        cache.Set(name, new Aged<KnownRepository>(new(repository), now, now + Lifetime), EntryBytes, Lifetime * 8);
    }
}
