using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the <see cref="HttpClient"/> of an agent's line, the same for every agent with an HTTP API of its own.</summary>
internal static class AgentHttpClient
{
    /// <summary>Its name in <see cref="IHttpClientFactory"/>.</summary>
    public static string NameOf(string agent) => "ScmIntegrations.CodingAgents:" + agent;

    /// <summary>Registers it; handlers outermost first: credential → guard → what the user adds → socket. The <see cref="AgentService"/> is a keyed service of the same name.</summary>
    public static IHttpClientBuilder Add(IServiceCollection services, string agent)
    {
        var httpClient = services.AddHttpClient(NameOf(agent));
        if (services.Any(service => service.ServiceType == typeof(Added) && agent.Equals(service.ServiceKey)))
        {
            return httpClient;
        }

        services.AddKeyedSingleton(agent, new Added());
        return httpClient
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => SocketSettings.Create(Service(provider).Address))
            .AddHttpMessageHandler(provider => new AgentCredentialHandler(Service(provider)))
            .AddHttpMessageHandler(provider => new OriginGuardHandler(Service(provider).Address));

        AgentService Service(IServiceProvider provider) => provider.GetRequiredKeyedService<AgentService>(agent);
    }

    /// <summary>Marks a name whose handlers are in place, because handlers add up.</summary>
    private sealed record Added;
}
