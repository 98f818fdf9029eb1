using AgentDesk.Demo;
using ScmIntegrations.GitHub;

namespace AgentDesk.Api;

/// <summary>Tells what there is to choose from: the user's repositories by owner, each with the App's installation, and the agents.</summary>
internal static class RepositoryEndpoints
{
    public static void MapRepositories(this WebApplication desk) => desk.MapGet("/api/repositories", ListAsync);

    private static async Task<RepositoriesAnswer> ListAsync(IGitHubIntegrationClient gitHub, CancellationToken cancellationToken)
    {
        var installations = DemoRepositories.Owners.ToDictionary(one => one.Login);
        var repositories = new List<RepositoryRef>();
        await foreach (var repository in gitHub.ListRepositoriesAsync(RepositorySource.AuthenticatedUser, cancellationToken))
        {
            if (!repository.IsArchived)
            {
                repositories.Add(repository.Reference);
            }
        }

        return new(
            [.. Agents.Names.Select(name => new AgentAnswer(name, Agents.TitleOf(name)))],
            [
                .. repositories.GroupBy(repository => repository.Owner, StringComparer.OrdinalIgnoreCase).Select(group => new OwnerAnswer(group.Key, [.. group.Select(one => one.FullName)])
                {
                    Type = installations.GetValueOrDefault(group.Key)?.Type,
                    InstallationId = installations.GetValueOrDefault(group.Key)?.InstallationId,
                }),
            ]);
    }
}
