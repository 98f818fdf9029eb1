using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of Cursor's cloud agents.</summary>
public static class CursorAgentBuilderExtensions
{
    /// <summary>The key of a client that is given none.</summary>
    private const string DefaultName = "cursor";

    /// <summary>Registers a client under the key <c>cursor</c>: <c>[FromKeyedServices("cursor")] ICodingAgentClient</c>.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options; the key at least.</param>
    /// <returns>A builder for the client.</returns>
    public static ICodingAgentBuilder AddCursorAgent(this IScmIntegrationsBuilder builder, Action<CursorAgentOptions> configure) =>
        builder.AddCursorAgent(DefaultName, configure);

    /// <summary>Registers a client under a key of its own, for another account of Cursor's.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">
    /// The key, and the client's <see cref="ICodingAgentClient.Name"/>. It becomes a telemetry tag, so it comes from a closed set: 1 to 64 of a-z,
    /// 0-9, <c>_</c> and <c>.</c>.
    /// </param>
    /// <param name="configure">Sets the options; the key at least. Registering a name again adds to its options.</param>
    /// <returns>A builder for the client.</returns>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    public static ICodingAgentBuilder AddCursorAgent(this IScmIntegrationsBuilder builder, string name, Action<CursorAgentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Add(name, null, configure);
    }

    /// <summary>Registers a client under the key <c>cursor</c> with options from configuration, for example the section <c>Scm:Cursor</c>; docs/configuration.md lists the keys.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="section">The section; the key at least. Read once, when the client is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    public static ICodingAgentBuilder AddCursorAgent(this IScmIntegrationsBuilder builder, IConfiguration section, Action<CursorAgentOptions>? configure = null) =>
        builder.AddCursorAgent(DefaultName, section, configure);

    /// <summary>Registers a client under a key of its own with options from configuration.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="name">The key, and the client's <see cref="ICodingAgentClient.Name"/>: 1 to 64 of a-z, 0-9, <c>_</c> and <c>.</c>, from a closed set.</param>
    /// <param name="section">The section; the key at least. Read once, when the client is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>A builder for the client.</returns>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    public static ICodingAgentBuilder AddCursorAgent(this IScmIntegrationsBuilder builder, string name, IConfiguration section, Action<CursorAgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(section);
        return builder.Add(name, section, configure);
    }

    private static Builder Add(this IScmIntegrationsBuilder builder, string name, IConfiguration? section, Action<CursorAgentOptions>? configure)
    {
        _ = new InteractionDescriptor(name);
        var services = builder.Services;
        services.AddOptions(CursorAgentOptionTable.Table, name, section, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => CursorComposition.Describe(provider, (string)key!));
        services.TryAddKeyedSingleton(name, static (provider, key) => CursorComposition.Compose(provider, (string)key!));
        return new Builder(services, name, AgentHttpClient.Add(services, name));
    }

    private sealed record Builder(IServiceCollection Services, string Name, IHttpClientBuilder HttpClient) : ICodingAgentBuilder;
}
