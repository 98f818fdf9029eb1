using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Paging;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>Lists repositories, page after page, as one interaction.</summary>
internal sealed class RepositoryListing(GitHubConnection connection, PageWalk walk)
{
    /// <summary>The repositories as their pages arrive, each once.</summary>
    /// <exception cref="ScmIncompleteListException">After everything that was read: see <see cref="PageWalk"/>.</exception>
    public IAsyncEnumerable<GitHubRepository> ListAsync(RepositorySource source, RequestLane lane, CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        var first = source.ToRequest().WithQuery("per_page", connection.Options.PageSize.ToString(CultureInfo.InvariantCulture)).PartOf(lane);
        var list = new PagedList<GitHubRepository>("list_repositories", first, (response, token) => RepositoryPage.ReadAsync(response, source.IsCounted, token))
        {
            Name = "repositories",
            Entries = "repositories",
            IsNew = repository => seen.Add(repository.Id),
        };
        return walk.WalkAsync(list, cancellationToken);
    }
}
