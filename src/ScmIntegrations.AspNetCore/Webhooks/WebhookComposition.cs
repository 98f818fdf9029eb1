using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Puts the webhooks of a name together, in the order a delivery travels: endpoint → memory → queue → handling.</summary>
internal static class WebhookComposition
{
    public static WebhookEndpoint ComposeEndpoint(IServiceProvider services, string name) => new(
        name,
        services.GetRequiredService<IOptionsMonitor<GitHubWebhookOptions>>(),
        services.GetRequiredKeyedService<DeliveryQueue>(name),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<WebhookLog>());

    public static DeliveryQueue ComposeQueue(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<GitHubWebhookOptions>>();
        var limits = options.Get(name);
        var time = services.GetRequiredService<TimeProvider>();
        var log = services.GetRequiredService<WebhookLog>();
        var handling = new DeliveryHandling(name, services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IInteractions>(), options, time);

        // A delivery is known by its id and by its body.
        var memory = new DeliveryMemory(2 * limits.MaxRemembered, time);
        var shared = services.GetService<IDistributedCache>() is { } store ? new SharedDeliveryMemory(store, time, log) : null;
        return new(name, limits, handling, memory, shared, services.GetRequiredService<IGitHubIntegrationClientFactory>(), log);
    }
}
