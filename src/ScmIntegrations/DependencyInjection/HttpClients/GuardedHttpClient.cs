using ScmIntegrations.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the <see cref="HttpClient"/> of a line to one origin: nothing is logged, and nothing leaves for another.</summary>
internal static class GuardedHttpClient
{
    /// <summary>Registers it, once a name; handlers outermost first: what <paramref name="outermost"/> makes → guard → what the user adds → socket.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">Its name in <see cref="IHttpClientFactory"/>.</param>
    /// <param name="origin">Where the line leads.</param>
    /// <param name="outermost">Makes the handler that puts the credential on; <see langword="null"/> where the request carries it.</param>
    public static IHttpClientBuilder Add(IServiceCollection services, string name, Func<IServiceProvider, Uri> origin, Func<IServiceProvider, DelegatingHandler>? outermost = null)
    {
        var httpClient = services.AddHttpClient(name);
        if (services.Any(service => service.ServiceType == typeof(Added) && name.Equals(service.ServiceKey)))
        {
            return httpClient;
        }

        services.AddKeyedSingleton(name, new Added());
        httpClient
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(provider => SocketSettings.Create(origin(provider)));
        if (outermost is not null)
        {
            httpClient.AddHttpMessageHandler(outermost);
        }

        return httpClient.AddHttpMessageHandler(provider => new OriginGuardHandler(origin(provider)));
    }

    /// <summary>Marks a name whose handlers are in place, because handlers add up.</summary>
    private sealed record Added;
}
