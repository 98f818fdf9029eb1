using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;
using ScmIntegrations.ToolGateways;
using ScmIntegrations.ToolGateways.Scalekit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a client of Scalekit together: operations over a gateway's two lines.</summary>
internal static class ScalekitComposition
{
    public static IToolGateway Compose(IServiceProvider services, string name)
    {
        var options = OptionsOf(services, name);
        var time = services.GetRequiredService<TimeProvider>();
        var telemetry = services.GetRequiredService<InteractionTelemetry>();
        var httpClients = services.GetRequiredService<IHttpClientFactory>();
        var gateway = new GatewayComposition(
            services.GetRequiredKeyedService<GatewayOptions>(name),
            () => httpClients.CreateClient(GatewayHttpClient.NameOf(name)),
            new ScalekitTokens(options.ClientId, options.ClientSecret, time).ObtainAsync,
            time,
            services.GetRequiredService<ILoggerFactory>().CreateLogger("ScmIntegrations.ToolGateways"),
            error => telemetry.CountRetry(name, error.Reason));
        return new ScalekitGateway(name, new ScalekitApi(gateway.Line, gateway.Credential, options.ToolTimeout), services.GetRequiredService<IInteractions>());
    }

    /// <summary>What every gateway has of its options.</summary>
    public static GatewayOptions Describe(IServiceProvider services, string name)
    {
        var options = OptionsOf(services, name);
        return new()
        {
            Address = options.Address!.WithFinalSlash(),
            Resilience = options.Resilience,
            MaxResponseBytes = options.MaxResponseBytes,
            MaxErrorBytes = options.MaxErrorBytes,
        };
    }

    private static ScalekitOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<ScalekitOptions>>().Get(name);
}
