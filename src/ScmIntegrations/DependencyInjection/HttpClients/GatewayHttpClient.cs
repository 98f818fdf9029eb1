using ScmIntegrations.ToolGateways;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the <see cref="HttpClient"/> of a tool gateway's lines, the same for every gateway.</summary>
internal static class GatewayHttpClient
{
    /// <summary>Its name in <see cref="IHttpClientFactory"/>.</summary>
    public static string NameOf(string gateway) => "ScmIntegrations.ToolGateways:" + gateway;

    /// <summary>Registers it; handlers outermost first: guard → what the user adds → socket. The <see cref="GatewayOptions"/> are a keyed service of the same name.</summary>
    public static IHttpClientBuilder Add(IServiceCollection services, string gateway) =>
        GuardedHttpClient.Add(services, NameOf(gateway), provider => provider.GetRequiredKeyedService<GatewayOptions>(gateway).Address);
}
