using Microsoft.Extensions.DependencyInjection.Extensions;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the library. Start reading here.</summary>
public static class ScmIntegrationsServiceCollectionExtensions
{
    /// <summary>Registers what all clients share. Calling it again does no harm.</summary>
    /// <param name="services">The application's services.</param>
    /// <returns>A builder that clients are added to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IScmIntegrationsBuilder AddScmIntegrations(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddMetrics();
        services.AddHttpClient();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InteractionTelemetry>();
        services.TryAddSingleton<InteractionOutcomes>();
        services.TryAddSingleton<IInteractions, InteractionRunner>();
        services.TryAddSingleton(static provider => new SharedStores(provider));
        services.TryAddSingleton(static _ => new ComposedClients());
        services.TryAddSingleton<IGitHubIntegrationClientFactory, GitHubIntegrationClientFactory>();
        services.TryAddSingleton(CodingAgentComposition.ComposeLauncher);
        return new Builder(services);
    }

    private sealed record Builder(IServiceCollection Services) : IScmIntegrationsBuilder;
}
