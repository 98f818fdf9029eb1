using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Handles deliveries while the application runs; at its end those that were accepted, for as long as the host gives time (<c>HostOptions.ShutdownTimeout</c>).</summary>
internal sealed class WebhookService(IServiceProvider services, IEnumerable<WebhookEndpointName> endpoints) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private DeliveryQueue[] _queues = [];
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _queues = [.. endpoints.Select(endpoint => services.GetRequiredKeyedService<DeliveryQueue>(endpoint.Name))];
        _running = Task.WhenAll(_queues.Select(queue => queue.RunAsync(_stopping.Token)));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Array.ForEach(_queues, queue => queue.Close());
        var outOfTime = cancellationToken.UnsafeRegister(static stopping => ((CancellationTokenSource)stopping!).Cancel(), _stopping);
        await using (outOfTime.ConfigureAwait(false))
        {
            await _running.ConfigureAwait(false);
        }
    }

    public void Dispose() => _stopping.Dispose();
}

/// <summary>That an endpoint of a name is registered.</summary>
internal sealed record WebhookEndpointName(string Name);
