using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Octokit;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Octokit.Arguments;
using ScmIntegrations.Octokit.Calls;
using ScmIntegrations.Octokit.Transport;

namespace ScmIntegrations.Octokit;

/// <summary>Puts Octokit on the lines of clients, once for each, in the order in which a call travels.</summary>
/// <param name="clients">The clients, and handlers over their lines.</param>
/// <param name="options">Their options.</param>
/// <param name="interactions">Runs interactions.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class OctokitIntegrationClientFactory(
    IGitHubIntegrationClientFactory clients,
    IOptionsMonitor<GitHubIntegrationOptions> options,
    IInteractions interactions,
    TimeProvider timeProvider) : IOctokitIntegrationClientFactory
{
    // As long as the client whose line it is: those of installations come and go.
    private readonly ConditionalWeakTable<IGitHubIntegrationClient, IOctokitIntegrationClient> _composed = [];

    public IOctokitIntegrationClient GetClient(string name = "") =>
        _composed.GetValue(clients.GetClient(name), _ => Compose(clients.CreateHandler(name), name));

    public IOctokitIntegrationClient GetInstallationClient(long installationId, string name = "") =>
        _composed.GetValue(clients.GetInstallationClient(installationId, name), _ => Compose(clients.CreateInstallationHandler(installationId, name), name));

    private OctokitIntegrationClient Compose(HttpMessageHandler line, string name)
    {
        var settings = options.Get(name);
        var calls = new OctokitCalls(settings.MaxPages);
        var sender = new OctokitHttpClient(line, calls, new ResponseFacts(timeProvider), timeProvider);
        var connection = new OctokitConnection(settings.ApiAddress, sender, new OctokitSerializer(calls));
        var octokit = CheckedClient.Of<IGitHubClient>(new GitHubClient(connection), calls);
        return new OctokitIntegrationClient(octokit, name.Length == 0 ? "default" : name, settings.LogSampleRate, calls, interactions);
    }
}
