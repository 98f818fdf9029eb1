using System.Text.Json;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>What stands on one page of a list of repositories.</summary>
internal static class RepositoryPage
{
    /// <summary>Reads a page: an object with a count for installations, a bare array elsewhere.</summary>
    public static async Task<(IReadOnlyList<GitHubRepository> Repositories, int? TotalCount)> ReadAsync(GitHubResponse response, bool isCounted, CancellationToken cancellationToken)
    {
        if (isCounted)
        {
            var wire = await response.ReadJsonAsync(GitHubJson.Default.InstallationRepositoriesWire, cancellationToken).ConfigureAwait(false);
            return (Check(wire.Repositories), wire.TotalCount);
        }

        return (Check(await response.ReadJsonAsync(GitHubJson.Default.ListGitHubRepository, cancellationToken).ConfigureAwait(false)), null);
    }

    private static List<GitHubRepository> Check(List<GitHubRepository> repositories) =>
        repositories.TrueForAll(RepositoryReader.IsUsable)
            ? repositories
            : throw new JsonException("A repository of the list is null or has no valid full name.");
}
