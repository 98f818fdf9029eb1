using Microsoft.Extensions.DependencyInjection.Extensions;
using Octokit;
using ScmIntegrations.Octokit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Octokit on the line of a GitHub client.</summary>
public static class OctokitBuilderExtensions
{
    /// <summary>
    /// Registers Octokit on this client's line, as keyed services under the client's name: <see cref="IOctokitIntegrationClient"/>, and Octokit's own
    /// <see cref="IGitHubClient"/>; of the default client without a key as well. Its requests go the way of the client's own: credential, guard,
    /// rate-limit gate, retries, interactions. For installations known only at run time there is <see cref="IOctokitIntegrationClientFactory"/>.
    /// Calling it again does no harm.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IGitHubIntegrationBuilder AddOctokit(this IGitHubIntegrationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton<IOctokitIntegrationClientFactory, OctokitIntegrationClientFactory>();
        services.TryAddKeyedSingleton(builder.Name, static (provider, name) => provider.GetRequiredService<IOctokitIntegrationClientFactory>().GetClient((string)name!));
        services.TryAddKeyedSingleton(builder.Name, static (provider, name) => provider.GetRequiredKeyedService<IOctokitIntegrationClient>(name).Octokit);
        if (builder.Name.Length == 0)
        {
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IOctokitIntegrationClient>(""));
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IGitHubClient>(""));
        }

        return builder;
    }
}
