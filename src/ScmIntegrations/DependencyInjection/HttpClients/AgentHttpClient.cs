using ScmIntegrations.CodingAgents.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the <see cref="HttpClient"/> of an agent's line, the same for every agent with an HTTP API of its own.</summary>
internal static class AgentHttpClient
{
    /// <summary>Its name in <see cref="IHttpClientFactory"/>.</summary>
    public static string NameOf(string agent) => "ScmIntegrations.CodingAgents:" + agent;

    /// <summary>Registers it; handlers outermost first: credential → guard → what the user adds → socket. The <see cref="AgentService"/> is a keyed service of the same name.</summary>
    public static IHttpClientBuilder Add(IServiceCollection services, string agent)
    {
        return GuardedHttpClient.Add(services, NameOf(agent), provider => Service(provider).Address, provider => new AgentCredentialHandler(Service(provider)));

        AgentService Service(IServiceProvider provider) => provider.GetRequiredKeyedService<AgentService>(agent);
    }
}
