using System.Collections.Concurrent;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>
/// When repositories were invalidated. Not in the cache, where trees push out what is seldom looked at: what is forgotten here
/// too early lets a reading from before a push outlive it.
/// </summary>
internal sealed class Invalidations(TimeProvider timeProvider)
{
    private const int Most = 10_000;

    // Longer than any read is under way.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    // The mark of nearly every repository.
    private readonly object _never = new();

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<RepositoryRef, Invalidation> _repositories = new();
    private volatile Invalidation? _everything;

    /// <summary>Changes with every invalidation of the repository.</summary>
    public object Mark(RepositoryRef repository) => (Find(repository), _everything) is var mark && mark is (null, null) ? _never : mark;

    /// <summary>Whether the repository was invalidated since what was told at a moment.</summary>
    public bool HasSince(RepositoryRef repository, DateTimeOffset toldAt) =>
        Find(repository)?.At >= toldAt || _everything?.At >= toldAt;

    /// <summary>Notes that a repository was invalidated.</summary>
    public void Add(RepositoryRef repository)
    {
        lock (_gate)
        {
            if (_repositories.Count >= Most)
            {
                MakeRoom();
            }

            _repositories[repository] = new(timeProvider.GetUtcNow());
        }
    }

    /// <summary>Notes that everything was invalidated.</summary>
    public void AddEverything() => _everything = new(timeProvider.GetUtcNow());

    private void MakeRoom()
    {
        var now = timeProvider.GetUtcNow();
        foreach (var old in _repositories.Where(one => now - one.Value.At > Kept))
        {
            _repositories.TryRemove(old);
        }

        if (_repositories.Count > Most / 2)
        {
            // Too many to tell apart. Forgetting that one was lifted would be wrong; lifting the others costs a request each.
            AddEverything();
            _repositories.Clear();
        }
    }

    private Invalidation? Find(RepositoryRef repository) => _repositories.GetValueOrDefault(repository);

    /// <summary>That something was invalidated: each is another, at whatever time.</summary>
    private sealed class Invalidation(DateTimeOffset at)
    {
        public DateTimeOffset At => at;
    }
}
