using System.Text.Json;

namespace ScmIntegrations.GitHub;

/// <summary>Reads one repository's description.</summary>
internal static class RepositoryReader
{
    public static Task<GitHubRepository> ReadAsync(GitHubConnection connection, RepositoryRef repository, CancellationToken cancellationToken) =>
        connection.SendAsync(
            GitHubRequest.Get("/repos/{owner}/{repo}", repository.Owner, repository.Name),
            static async (response, token) => Check(await response.ReadJsonAsync(GitHubJson.Default.GitHubRepository, token).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>The repository, when its name can be passed on to other operations.</summary>
    /// <exception cref="JsonException">It is null, or has no valid full name.</exception>
    public static GitHubRepository Check(GitHubRepository repository) =>
        RepositoryRef.TryParse(repository?.FullName, out _) ? repository! : throw new JsonException("A repository is null or has no valid full name.");
}
