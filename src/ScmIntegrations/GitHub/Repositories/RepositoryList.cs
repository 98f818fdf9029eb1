using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>The list of repositories that scans work from: remembered for minutes when it is complete, read once for all concurrent scans.</summary>
internal sealed class RepositoryList(
    GitHubConnection connection,
    RepositoryListing listing,
    RepositoryDirectory directory,
    BoundedCache cache)
{
    private const int RepositoryBytes = 600;
    private readonly SingleFlight<(RepositorySource Source, int Age), Known> _flights = new();
    private int _age;

    /// <summary>The repositories by id, so that a place in the list does not depend on GitHub's order, and why the list is not complete, if it is not.</summary>
    public async Task<Known> GetAsync(RepositorySource source, CancellationToken cancellationToken)
    {
        var key = (source, Volatile.Read(ref _age));
        return Find(key) ?? await _flights.RunAsync(key, token => ReadAsync(key, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets every list, so that the next scan asks. A list that is being read is not kept, and nobody joins it.</summary>
    public void Forget() => Interlocked.Increment(ref _age);

    private Known? Find((RepositorySource Source, int Age) key) =>
        cache.TryGet<Known>(key, out var remembered) ? remembered : null;

    private async Task<Known> ReadAsync((RepositorySource Source, int Age) key, CancellationToken cancellationToken)
    {
        if (Find(key) is { } landed)
        {
            return landed;
        }

        var moment = directory.Invalidations.Moment;
        var repositories = new List<GitHubRepository>();
        try
        {
            await foreach (var repository in listing.ListAsync(key.Source, RequestLane.Background, cancellationToken).ConfigureAwait(false))
            {
                directory.Learn(repository, moment);
                repositories.Add(repository);
            }
        }
        catch (ScmIncompleteListException incomplete)
        {
            // What is there can be scanned; the caller is told at the end, and nothing is remembered.
            return new(Sort(repositories), incomplete);
        }

        var known = new Known(Sort(repositories), null);
        var lifetime = connection.Options.Trees.RepositoryListLifetime;
        if (lifetime > TimeSpan.Zero)
        {
            cache.Set(key, known, 200 + (RepositoryBytes * repositories.Count), lifetime);
        }

        return known;
    }

    private static List<GitHubRepository> Sort(List<GitHubRepository> repositories) => [.. repositories.OrderBy(repository => repository.Id)];

    /// <summary>A list, and why it is not complete, if it is not.</summary>
    internal sealed record Known(IReadOnlyList<GitHubRepository> Repositories, ScmIncompleteListException? Incomplete);
}
