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
    private readonly ConcurrentDictionary<string, Invalidation> _owners = new(StringComparer.OrdinalIgnoreCase);
    private volatile Invalidation? _everything;
    private long _count;

    /// <summary>How many invalidations there have been: a moment that no clock can set back.</summary>
    public long Moment => Interlocked.Read(ref _count);

    /// <summary>Changes with every invalidation of the repository.</summary>
    public object Mark(RepositoryRef repository) => Find(repository) is var mark && mark is (null, null, null) ? _never : mark;

    /// <summary>Whether the repository was invalidated since what was told at a moment.</summary>
    public bool HasSince(RepositoryRef repository, DateTimeOffset toldAt) =>
        Find(repository) is var (own, owners, all) && (own?.At >= toldAt || owners?.At >= toldAt || all?.At >= toldAt);

    /// <summary>Whether the repository was invalidated since a <see cref="Moment"/>.</summary>
    public bool HasSince(RepositoryRef repository, long moment) =>
        Find(repository) is var (own, owners, all) && (own?.Number > moment || owners?.Number > moment || all?.Number > moment);

    /// <summary>Notes that a repository was invalidated.</summary>
    public void Add(RepositoryRef repository) => Add(_repositories, repository);

    /// <summary>Notes that every repository of an account was invalidated.</summary>
    public void AddOwner(string owner) => Add(_owners, owner);

    /// <summary>Notes that everything was invalidated.</summary>
    public void AddEverything() => _everything = Next();

    private void Add<TKey>(ConcurrentDictionary<TKey, Invalidation> known, TKey key)
        where TKey : notnull
    {
        lock (_gate)
        {
            if (known.Count >= Most)
            {
                MakeRoom(known);
            }

            known[key] = Next();
        }
    }

    private void MakeRoom<TKey>(ConcurrentDictionary<TKey, Invalidation> known)
        where TKey : notnull
    {
        var now = timeProvider.GetUtcNow();
        foreach (var old in known.Where(one => now - one.Value.At > Kept))
        {
            known.TryRemove(old);
        }

        if (known.Count > Most / 2)
        {
            // Too many to tell apart. Forgetting that one was lifted would be wrong; lifting the others costs a request each.
            AddEverything();
            known.Clear();
        }
    }

    private (Invalidation? Own, Invalidation? Owners, Invalidation? All) Find(RepositoryRef repository) =>
        (_repositories.GetValueOrDefault(repository), _owners.GetValueOrDefault(repository.Owner), _everything);

    private Invalidation Next() => new(timeProvider.GetUtcNow(), Interlocked.Increment(ref _count));

    /// <summary>That something was invalidated: each is another, at whatever time.</summary>
    private sealed class Invalidation(DateTimeOffset at, long number)
    {
        public DateTimeOffset At => at;

        public long Number => number;
    }
}
