using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Repositories;

/// <summary>Reads one repository's description.</summary>
internal static class RepositoryReader
{
    public static Task<GitHubRepository> ReadAsync(GitHubConnection connection, RepositoryRef repository, CancellationToken cancellationToken) =>
        connection.SendAsync(
            GitHubRequest.Get("/repos/{owner}/{repo}", repository.Owner, repository.Name),
            static (response, token) => response.ReadJsonAsync(GitHubJson.Default.GitHubRepository, token),
            cancellationToken);
}
