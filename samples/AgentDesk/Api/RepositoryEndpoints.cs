using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;

namespace AgentDesk.Api;

/// <summary>Tells what there is to choose from: the agents, and the user's repositories by owner, each with the App's installation.</summary>
internal static class RepositoryEndpoints
{
    public static void MapRepositories(this WebApplication desk) => desk.MapGet("/api/repositories", ListAsync);

    private static async Task<RepositoriesAnswer> ListAsync(
        IGitHubIntegrationClient gitHub,
        [FromKeyedServices(CodingAgentServices.App)] IGitHubAppClient app,
        CancellationToken cancellationToken)
    {
        var installations = new Dictionary<string, GitHubInstallation>(StringComparer.OrdinalIgnoreCase);
        await foreach (var installation in app.ListInstallationsAsync(cancellationToken))
        {
            installations[installation.Account?.Login ?? ""] = installation;
        }

        var repositories = new List<RepositoryRef>();
        await foreach (var repository in gitHub.ListRepositoriesAsync(cancellationToken: cancellationToken))
        {
            if (!repository.IsArchived)
            {
                repositories.Add(repository.Reference);
            }
        }

        return new(
            [.. Agents.Names.Select(name => new AgentAnswer(name, Agents.TitleOf(name)))],
            [.. repositories.GroupBy(one => one.Owner, StringComparer.OrdinalIgnoreCase).Select(group => Describe(group, installations.GetValueOrDefault(group.Key)))]);
    }

    private static OwnerAnswer Describe(IGrouping<string, RepositoryRef> owner, GitHubInstallation? installation) => new(owner.Key, [.. owner.Select(one => one.FullName)])
    {
        Type = installation?.TargetType,
        InstallationId = installation?.Id,
    };
}
