using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ScmIntegrations.Accounts;
using ScmIntegrations.Interactions;
using ScmIntegrations.ToolGateways;
using ScmIntegrations.ToolGateways.Scalekit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of Scalekit.</summary>
public static class ScalekitBuilderExtensions
{
    /// <summary>The key of a client that is given none.</summary>
    private const string DefaultName = "scalekit";

    /// <summary>
    /// Registers a client: <see cref="IToolGateway"/>, also under the key <c>scalekit</c>, and its accounts as
    /// <c>[FromKeyedServices("scalekit")] IConnectedAccounts</c>.
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options; address, client id and client secret at least.</param>
    /// <returns>A builder for the client.</returns>
    public static IToolGatewayBuilder AddScalekit(this IScmIntegrationsBuilder builder, Action<ScalekitOptions> configure)
    {
        var registered = builder.AddScalekit(DefaultName, configure);
        registered.Services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IToolGateway>(DefaultName));
        return registered;
    }

    /// <summary>Registers a client under a key of its own, for another environment: <see cref="IToolGateway"/> and <see cref="IConnectedAccounts"/>.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">
    /// The key, and the client's <see cref="IToolGateway.Name"/>. It becomes a telemetry tag, so it comes from a closed set: 1 to 64 of a-z,
    /// 0-9, <c>_</c> and <c>.</c>.
    /// </param>
    /// <param name="configure">Sets the options; address, client id and client secret at least. Registering a name again adds to its options.</param>
    /// <returns>A builder for the client.</returns>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    public static IToolGatewayBuilder AddScalekit(this IScmIntegrationsBuilder builder, string name, Action<ScalekitOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Add(name, null, configure);
    }

    /// <summary>Registers a client with options from configuration, for example the section <c>Scm:Scalekit</c>; docs/configuration.md lists the keys.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="section">The section; address, client id and client secret at least. Read once, when the client is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    public static IToolGatewayBuilder AddScalekit(this IScmIntegrationsBuilder builder, IConfiguration section, Action<ScalekitOptions>? configure = null)
    {
        var registered = builder.AddScalekit(DefaultName, section, configure);
        registered.Services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IToolGateway>(DefaultName));
        return registered;
    }

    /// <summary>Registers a client under a key of its own with options from configuration.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The key, and the client's <see cref="IToolGateway.Name"/>: 1 to 64 of a-z, 0-9, <c>_</c> and <c>.</c>, from a closed set.</param>
    /// <param name="section">The section; address, client id and client secret at least. Read once, when the client is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    public static IToolGatewayBuilder AddScalekit(this IScmIntegrationsBuilder builder, string name, IConfiguration section, Action<ScalekitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(section);
        return builder.Add(name, section, configure);
    }

    private static Builder Add(this IScmIntegrationsBuilder builder, string name, IConfiguration? section, Action<ScalekitOptions>? configure)
    {
        _ = new InteractionDescriptor(name);
        var services = builder.Services;
        services.AddOptions(ScalekitOptionTable.Table, name, section, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => ScalekitComposition.Describe(provider, (string)key!));
        services.TryAddKeyedSingleton(name, static (provider, key) => ScalekitComposition.Compose(provider, (string)key!));
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<IToolGateway>(key).Accounts);
        return new Builder(services, name, GatewayHttpClient.Add(services, name));
    }

    private sealed record Builder(IServiceCollection Services, string Name, IHttpClientBuilder HttpClient) : IToolGatewayBuilder;
}
