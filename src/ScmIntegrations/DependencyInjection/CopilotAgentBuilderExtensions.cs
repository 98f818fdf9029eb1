using Microsoft.Extensions.Configuration;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Copilot;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers GitHub Copilot's coding agent.</summary>
public static class CopilotAgentBuilderExtensions
{
    private const string DefaultName = "github_copilot";

    /// <summary>
    /// Registers Copilot's coding agent for a GitHub client, as a keyed <see cref="ICodingAgentClient"/>. The GitHub client has to speak for a
    /// user: GitHub takes no tokens of installations for the agent. Its API has no idempotency key, so a launch is marked by a comment at the
    /// end of its prompt, and an earlier one of the same key is looked for among the repository's hundred newest tasks of the last 24 hours.
    /// </summary>
    /// <param name="builder">The GitHub client's builder.</param>
    /// <param name="configure">Sets the options; everything has a default.</param>
    /// <param name="name">The agent's name, which is its key and becomes a telemetry tag: 1 to 64 of a-z, 0-9, <c>_</c> and <c>.</c>, from a closed set.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    /// <exception cref="InvalidOperationException">The name is taken by another agent.</exception>
    public static IGitHubIntegrationBuilder AddCopilotAgent(this IGitHubIntegrationBuilder builder, Action<CopilotAgentOptions>? configure = null, string name = DefaultName) =>
        builder.Add(null, configure, name);

    /// <summary>Registers Copilot's coding agent for a GitHub client, with options from configuration; docs/configuration.md lists the keys.</summary>
    /// <param name="builder">The GitHub client's builder.</param>
    /// <param name="section">The section. Read once, when the agent is made. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <param name="name">The agent's name, as in the other overload.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    /// <exception cref="InvalidOperationException">The name is taken by another agent.</exception>
    public static IGitHubIntegrationBuilder AddCopilotAgent(this IGitHubIntegrationBuilder builder, IConfiguration section, Action<CopilotAgentOptions>? configure = null, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(section);
        return builder.Add(section, configure, name);
    }

    private static IGitHubIntegrationBuilder Add(this IGitHubIntegrationBuilder builder, IConfiguration? section, Action<CopilotAgentOptions>? configure, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        _ = new InteractionDescriptor(name);
        var services = builder.Services;
        services.AddOptions(CopilotAgentOptionTable.Table, name, section, configure);
        if (services.FirstOrDefault(service => service.ServiceType == typeof(AgentAdded) && name.Equals(service.ServiceKey)) is { KeyedImplementationInstance: AgentAdded added })
        {
            return added.GitHubName.Equals(builder.Name, StringComparison.Ordinal)
                ? builder
                : throw new InvalidOperationException($"The coding agent '{name}' speaks for the GitHub client '{added.GitHubName}' already; give the one of '{builder.Name}' another name.");
        }

        if (services.Any(service => service.ServiceType == typeof(ICodingAgentClient) && name.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException($"There is another coding agent '{name}' already; give this one another name.");
        }

        var gitHubName = builder.Name;
        services.AddKeyedSingleton(name, new AgentAdded(gitHubName));
        services.AddKeyedSingleton(name, (provider, key) => CopilotComposition.Compose(provider, (string)key!, gitHubName));
        services.AddKeyedSingleton<ICodingAgentClient>(name, static (provider, key) => provider.GetRequiredKeyedService<CopilotComposition>(key).Client);

        // For an address of the agent's own: the same handlers as a GitHub client's, held to that address.
        GuardedHttpClient.Add(
            services,
            AgentHttpClient.NameOf(name),
            provider => provider.GetRequiredKeyedService<CopilotComposition>(name).Host.ApiAddress,
            static provider => new CredentialHandler(provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Marks a name that is taken, and by which GitHub client.</summary>
    private sealed record AgentAdded(string GitHubName);
}
