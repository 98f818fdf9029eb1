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
    private readonly SingleFlight<RepositorySource, Known> _flights = new();

    /// <summary>The repositories by id, so that a place in the list does not depend on GitHub's order, and why the list is not complete, if it is not.</summary>
    public async Task<Known> GetAsync(RepositorySource source, CancellationToken cancellationToken) =>
        Find(source) ?? await _flights.RunAsync(source, token => ReadAsync(source, token), cancellationToken).ConfigureAwait(false);

    private Known? Find(RepositorySource source) =>
        cache.TryGet<Known>(source, out var remembered) ? remembered : null;

    private async Task<Known> ReadAsync(RepositorySource source, CancellationToken cancellationToken)
    {
        if (Find(source) is { } landed)
        {
            return landed;
        }

        var repositories = new List<GitHubRepository>();
        try
        {
            await foreach (var repository in listing.ListAsync(source, RequestLane.Background, cancellationToken).ConfigureAwait(false))
            {
                directory.Learn(repository);
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
            cache.Set(source, known, 200 + (RepositoryBytes * repositories.Count), lifetime);
        }

        return known;
    }

    private static List<GitHubRepository> Sort(List<GitHubRepository> repositories) => [.. repositories.OrderBy(repository => repository.Id)];

    /// <summary>A list, and why it is not complete, if it is not.</summary>
    internal sealed record Known(IReadOnlyList<GitHubRepository> Repositories, ScmIncompleteListException? Incomplete);
}
