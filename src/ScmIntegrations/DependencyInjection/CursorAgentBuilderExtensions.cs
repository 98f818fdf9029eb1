using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;

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
        services.TryAddKeyedSingleton(name, static (provider, key) => Describe(OptionsOf(provider, key)));
        services.TryAddKeyedSingleton<ICodingAgentClient>(name, static (provider, key) => Compose(provider, (string)key!));
        return new Builder(services, name, AgentHttpClient.Add(services, name));
    }

    private static CursorAgentClient Compose(IServiceProvider services, string name)
    {
        var options = OptionsOf(services, name);
        var time = services.GetRequiredService<TimeProvider>();
        var telemetry = services.GetRequiredService<InteractionTelemetry>();
        var httpClients = services.GetRequiredService<IHttpClientFactory>();
        var line = new AgentLine(
            services.GetRequiredKeyedService<AgentService>(name),
            new AgentBounds { Resilience = options.Resilience, LaunchTimeout = options.LaunchTimeout, MaxResponseBytes = options.MaxResponseBytes },
            new CallPipeline(options.Resilience, time, new RetryBudget(), error => telemetry.CountRetry(name, error.Reason)),
            () => httpClients.CreateClient(AgentHttpClient.NameOf(name)),
            time);
        return new CursorAgentClient(name, options, line, services.GetRequiredService<IInteractions>(), time);
    }

    /// <summary>The key as the user of a basic credential, with an empty password.</summary>
    private static AgentService Describe(CursorAgentOptions options)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(options.ApiKey + ":"));
        return new()
        {
            DisplayName = "Cursor",
            Address = options.Address.WithFinalSlash(),
            Credential = ("Authorization", $"Basic {basic}"),
            Secrets = options.WebhookSecret is { } secret ? [options.ApiKey, basic, secret] : [options.ApiKey, basic],
            Owner = options.KeyOwner,
            Errors = CursorErrorTable.Rows,
        };
    }

    private static CursorAgentOptions OptionsOf(IServiceProvider services, object? key) =>
        services.GetRequiredService<IOptionsMonitor<CursorAgentOptions>>().Get((string)key!);

    private sealed record Builder(IServiceCollection Services, string Name, IHttpClientBuilder HttpClient) : ICodingAgentBuilder;
}
