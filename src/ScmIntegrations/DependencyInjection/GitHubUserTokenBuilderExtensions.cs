using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ScmIntegrations.GitHub.UserTokens;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of GitHub's token endpoints, which get tokens of users.</summary>
public static class GitHubUserTokenBuilderExtensions
{
    /// <summary>Registers the default client: <see cref="IGitHubUserTokens"/> without a key.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options; the App's client id at least.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubUserTokenBuilder AddGitHubUserTokens(this IScmIntegrationsBuilder builder, Action<GitHubUserTokenOptions> configure) =>
        builder.AddGitHubUserTokens(Options.Options.DefaultName, configure);

    /// <summary>Registers a named client, for another App: <c>[FromKeyedServices("acme")] IGitHubUserTokens</c>.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The client's name. It becomes a telemetry tag, so it comes from a closed set.</param>
    /// <param name="configure">Sets the options; the App's client id at least. Registering a name again adds to its options.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubUserTokenBuilder AddGitHubUserTokens(this IScmIntegrationsBuilder builder, string name, Action<GitHubUserTokenOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Add(name, null, configure);
    }

    /// <summary>Registers the default client with options from configuration, for example the section <c>Scm:GitHubUserTokens</c>; docs/configuration.md lists the keys.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="section">The section; the App's client id at least. Read once, when the client is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubUserTokenBuilder AddGitHubUserTokens(this IScmIntegrationsBuilder builder, IConfiguration section, Action<GitHubUserTokenOptions>? configure = null) =>
        builder.AddGitHubUserTokens(Options.Options.DefaultName, section, configure);

    /// <summary>Registers a named client with options from configuration.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The client's name. It becomes a telemetry tag, so it comes from a closed set.</param>
    /// <param name="section">The section; the App's client id at least. Read once, when the client is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    public static IGitHubUserTokenBuilder AddGitHubUserTokens(this IScmIntegrationsBuilder builder, string name, IConfiguration section, Action<GitHubUserTokenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(section);
        return builder.Add(name, section, configure);
    }

    private static Builder Add(this IScmIntegrationsBuilder builder, string name, IConfiguration? section, Action<GitHubUserTokenOptions>? configure)
    {
        var services = builder.Services;
        services.AddOptions(GitHubUserTokenOptionTable.Table, name, section, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => GitHubUserTokenComposition.Compose(provider, (string)key!));
        if (name.Length == 0)
        {
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IGitHubUserTokens>(""));
        }

        return new Builder(services, name, GuardedHttpClient.Add(
            services,
            GitHubUserTokenComposition.HttpClientName(name),
            provider => GitHubUserTokenComposition.WebAddress(provider, name)));
    }

    private sealed record Builder(IServiceCollection Services, string Name, IHttpClientBuilder HttpClient) : IGitHubUserTokenBuilder;
}
