using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers GitHub clients.</summary>
public static class GitHubIntegrationBuilderExtensions
{
    /// <summary>
    /// Registers the default client: <see cref="IGitHubIntegrationClient"/> without a key, and <see cref="IGitHubAppClient"/> for what its
    /// App asks as itself (resolving that throws <see cref="InvalidOperationException"/> when there is no App).
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options; a credential at least.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubIntegrationBuilder AddGitHub(this IScmIntegrationsBuilder builder, Action<GitHubIntegrationOptions> configure) =>
        builder.AddGitHub(Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a named client, as a keyed service (<c>[FromKeyedServices("acme")] IGitHubIntegrationClient</c>) and in
    /// <see cref="IGitHubIntegrationClientFactory"/>. Clients share nothing: credential, limits, circuit and cache are each one's own, unless a
    /// store is registered for that (<c>UseDistributedCache</c>, <see cref="ScmIntegrations.Resilience.ICooldownStore"/>).
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The client's name. It becomes a telemetry tag, so it comes from a closed set.</param>
    /// <param name="configure">Sets the options; a credential at least. Registering a name again adds to its options.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubIntegrationBuilder AddGitHub(this IScmIntegrationsBuilder builder, string name, Action<GitHubIntegrationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Add(name, null, configure);
    }

    /// <summary>Registers the default client with options from configuration, for example the section <c>Scm:GitHub</c>.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="section">
    /// The section: every option under its path, and the credential as <c>Token</c>, or as <c>App:ClientId</c> with <c>App:PrivateKey</c> or
    /// <c>App:PrivateKeyFile</c>, and <c>App:InstallationId</c>; docs/configuration.md lists the keys. It is read once, when the client is
    /// made. A key that is not known, a value that cannot be read, and a section that is absent or empty are errors.
    /// </param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubIntegrationBuilder AddGitHub(this IScmIntegrationsBuilder builder, IConfiguration section, Action<GitHubIntegrationOptions>? configure = null) =>
        builder.AddGitHub(Options.Options.DefaultName, section, configure);

    /// <summary>Registers a named client with options from configuration.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The client's name. It becomes a telemetry tag, so it comes from a closed set.</param>
    /// <param name="section">
    /// The section, as for the default client. Registering a name again adds to its options, section by section in this order: the last one that
    /// sets an option decides, and the parts of a credential may stand in several.
    /// </param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubIntegrationBuilder AddGitHub(this IScmIntegrationsBuilder builder, string name, IConfiguration section, Action<GitHubIntegrationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(section);
        return builder.Add(name, section, configure);
    }

    /// <summary>Sets options with the help of services, for example a credential or a signer that has dependencies of its own.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Sets the options, in the order of the registrations. It runs once, when the client is made, with the application's services.</param>
    /// <returns>The builder.</returns>
    public static IGitHubIntegrationBuilder Configure(this IGitHubIntegrationBuilder builder, Action<GitHubIntegrationOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<GitHubIntegrationOptions>(builder.Name).Configure(configure);
        return builder;
    }

    private static Builder Add(this IScmIntegrationsBuilder builder, string name, IConfiguration? section, Action<GitHubIntegrationOptions>? configure)
    {
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(GitHubComposition) && name.Equals(service.ServiceKey)))
        {
            // Before whatever the application sets, and once: what is set in code wins.
            services.AddOptions<GitHubIntegrationOptions>(name).Configure<IServiceProvider>((options, provider) =>
                options.Trees.Stagger = provider.GetKeyedService<ITtlStagger>(name) ?? provider.GetService<ITtlStagger>() ?? options.Trees.Stagger);
        }

        services.AddOptions(GitHubOptionTable.Table, name, section, configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<GitHubIntegrationOptions>, GitHubCredentialChoice>());
        services.TryAddKeyedSingleton(name, static (provider, key) => GitHubComposition.Compose(provider, (string)key!));
        services.TryAddKeyedSingleton<IGitHubIntegrationClient>(name, static (provider, key) => provider.GetRequiredKeyedService<GitHubComposition>(key).Client);
        services.TryAddKeyedSingleton<IGitHubAppClient>(name, static (provider, key) => provider.GetRequiredKeyedService<GitHubComposition>(key).App.Client);
        if (name.Length == 0)
        {
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IGitHubAppClient>(""));
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IGitHubIntegrationClient>(""));
        }

        return new Builder(services, name, AddHttpClient(services, name));
    }

    /// <summary>
    /// Finds the installations of repositories by asking GitHub as this client's App: <see cref="IInstallationLookup"/> without a key.
    /// A look-up that is registered already stays. Answers are remembered for five minutes, "there is none" for one; a look-up ends
    /// after 10 seconds.
    /// </summary>
    /// <param name="builder">The builder of a client that has an App (<c>UseApp</c>, <c>UseInstallation</c>).</param>
    /// <returns>The builder.</returns>
    public static IGitHubIntegrationBuilder AddInstallationLookup(this IGitHubIntegrationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name;
        builder.Services.TryAddSingleton<IInstallationLookup>(provider => provider.GetRequiredKeyedService<GitHubComposition>(name).App.Lookup);
        return builder;
    }

    /// <summary>The handlers of a client, outermost first: credential → guard → what the user adds → socket.</summary>
    private static IHttpClientBuilder AddHttpClient(IServiceCollection services, string name) => GuardedHttpClient.Add(
        services,
        GitHubComposition.HttpClientName(name),
        provider => provider.GetRequiredKeyedService<GitHubComposition>(name).Host.ApiAddress,
        static provider => new CredentialHandler(provider.GetRequiredService<TimeProvider>()));

    private sealed record Builder(IServiceCollection Services, string Name, IHttpClientBuilder HttpClient) : IGitHubIntegrationBuilder;
}
