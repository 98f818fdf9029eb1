using System.Text.Json;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>Reads one repository's description.</summary>
internal static class RepositoryReader
{
    public static Task<GitHubRepository> ReadAsync(GitHubConnection connection, RepositoryRef repository, RequestLane lane, CancellationToken cancellationToken) =>
        connection.SendAsync(GitHubRequest.Get("/repos/{owner}/{repo}", repository.Owner, repository.Name).PartOf(lane), ReadAsync, cancellationToken);

    /// <summary>Whether a description names a repository that other operations can be asked about.</summary>
    public static bool IsUsable(GitHubRepository? repository) => RepositoryRef.IsFullName(repository?.FullName);

    private static async Task<GitHubRepository> ReadAsync(GitHubResponse response, CancellationToken cancellationToken)
    {
        var repository = await response.ReadJsonAsync(GitHubJson.Default.GitHubRepository, cancellationToken).ConfigureAwait(false);
        return IsUsable(repository) ? repository : throw new JsonException("The repository has no valid full name.");
    }
}
