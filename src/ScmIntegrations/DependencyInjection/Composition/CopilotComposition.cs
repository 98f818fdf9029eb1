using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Copilot;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Puts a client of Copilot's coding agent together: over the GitHub client's own line, or over a second one with the same credential where
/// the tasks are at another address.
/// </summary>
internal sealed class CopilotComposition : IDisposable
{
    private readonly HostLines? _lines;

    private CopilotComposition(ICodingAgentClient client, GitHubHost host, HostLines? lines)
    {
        Client = client;
        Host = host;
        _lines = lines;
    }

    public ICodingAgentClient Client { get; }

    /// <summary>Where the tasks are.</summary>
    public GitHubHost Host { get; }

    public static CopilotComposition Compose(IServiceProvider services, string name, string gitHubName)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CopilotAgentOptions>>().Get(name);
        var time = services.GetRequiredService<TimeProvider>();
        var gitHub = services.GetRequiredKeyedService<GitHubComposition>(gitHubName).Connection;
        var installations = services.GetService<IInstallationLookup>();
        if (options.Address is not { } address || new GitHubHost(address).ApiAddress == gitHub.Host.ApiAddress)
        {
            return new(new CopilotAgentClient(name, gitHub, gitHub, installations, options, time), gitHub.Host, null);
        }

        var host = new GitHubHost(address, gitHub.Host.WebAddress);
        var lines = new HostLines(services, gitHub.Name, host, AgentHttpClient.NameOf(name), gitHub.Options);
        var calls = lines.NewCalls();
        var agents = lines.Connect(lines.NewLine(calls), calls, gitHub.Credential, gitHub.Installation);
        return new(new CopilotAgentClient(name, gitHub, agents, installations, options, time), host, lines);
    }

    public void Dispose() => _lines?.Dispose();
}
