using AgentDesk.Demo;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Interactions;

namespace AgentDesk;

internal static class CodingAgentServices
{
    public static void AddCodingAgents(this IServiceCollection services, DeskConnection connection)
    {
        services.AddScmIntegrations().AddGitHub(gitHub =>
        {
            gitHub.ApiAddress = connection.GitHubAddress;
            gitHub.UseToken(connection.UserToken);
        });
        services.AddSingleton<IInstallationLookup, StandInLookup>();
        foreach (var name in Agents.Names)
        {
            services.AddKeyedSingleton<ICodingAgentClient>(name, (p, _) =>
            {
                var s = new StandIn(name, p.GetRequiredService<IInteractions>(), TimeProvider.System);
                connection.StandIns.Add(s);
                return s;
            });
        }
    }
}
