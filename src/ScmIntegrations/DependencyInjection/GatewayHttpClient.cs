using ScmIntegrations.Http;
using ScmIntegrations.ToolGateways;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the <see cref="HttpClient"/> of a tool gateway's lines, the same for every gateway.</summary>
internal static class GatewayHttpClient
{
    /// <summary>Its name in <see cref="IHttpClientFactory"/>.</summary>
    public static string NameOf(string gateway) => "ScmIntegrations.ToolGateways:" + gateway;

    /// <summary>Registers it; handlers outermost first: guard → what the user adds → socket. The <see cref="GatewayOptions"/> are a keyed service of the same name.</summary>
    public static IHttpClientBuilder Add(IServiceCollection services, string gateway)
    {
        var httpClient = services.AddHttpClient(NameOf(gateway));
        if (services.Any(service => service.ServiceType == typeof(Added) && gateway.Equals(service.ServiceKey)))
        {
            return httpClient;
        }

        services.AddKeyedSingleton(gateway, new Added());
        return httpClient
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => SocketSettings.Create(Address(provider)))
            .AddHttpMessageHandler(provider => new OriginGuardHandler(Address(provider)));

        Uri Address(IServiceProvider provider) => provider.GetRequiredKeyedService<GatewayOptions>(gateway).Address;
    }

    /// <summary>Marks a name whose handlers are in place, because handlers add up.</summary>
    private sealed record Added;
}
