using Microsoft.Extensions.Logging;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts the launcher together: batch → repository → what goes beside a launch.</summary>
internal static class CodingAgentComposition
{
    public static ICodingAgentLauncher ComposeLauncher(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ScmIntegrations.CodingAgents");
        var sideWork = new SideWork(services.GetRequiredService<IInteractions>(), time);
        var failures = new LaunchFailures(sideWork, services.GetService<IInstallationLookup>());
        return new CodingAgentLauncher(new RepositoryLauncher(sideWork, failures, services.GetService<ICodingAgentStore>(), time, logger), logger);
    }
}
