using Microsoft.Extensions.DependencyInjection;

namespace OctokitInterop;

/// <summary>All that a service registers.</summary>
internal static class Registration
{
    public static void Register(IServiceCollection services, string clientId, string privateKeyPem, long installationId)
    {
        // snippet:register
        services.AddScmIntegrations()
            .AddGitHub(gitHub => gitHub.UseInstallation(clientId, privateKeyPem, installationId))
            .AddOctokit();
        services.AddTransient<IssueBoard>(); // takes IGitHubClient, as before
        services.AddTransient<InteractionIssueBoard>();
        // end-snippet
    }
}
