using System.Text;
using Microsoft.Extensions.Options;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a client of Cursor's cloud agents together: the client over the line to an agent's own service.</summary>
internal static class CursorComposition
{
    public static ICodingAgentClient Compose(IServiceProvider services, string name)
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

    /// <summary>The service with its credential: the key as the user of a basic one, with an empty password.</summary>
    public static AgentService Describe(IServiceProvider services, string name)
    {
        var options = OptionsOf(services, name);
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

    private static CursorAgentOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<CursorAgentOptions>>().Get(name);
}
