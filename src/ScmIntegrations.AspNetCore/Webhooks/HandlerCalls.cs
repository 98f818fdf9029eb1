using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>The calls of all handlers of one delivery, one after another, in services of the delivery's own. They may be given up while they go on.</summary>
internal sealed class HandlerCalls(string endpoint, IServiceScopeFactory scopes)
{
    private volatile string _current = "What makes the handlers";

    /// <summary>What has failed so far.</summary>
    public ConcurrentQueue<Exception> Troubles { get; } = new();

    /// <summary>The handler that is called.</summary>
    public string Current => _current;

    /// <summary>Calls them. One that fails does not keep the others from being called.</summary>
    /// <returns>Whether all were called; otherwise their time was over. Never throws.</returns>
    public async Task<bool> RunAsync(GitHubWebhookEvent webhook, CancellationToken end)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                foreach (var handler in scope.ServiceProvider.GetServices<IGitHubWebhookHandler>().Concat(scope.ServiceProvider.GetKeyedServices<IGitHubWebhookHandler>(endpoint)))
                {
                    if (!await CallAsync(handler, webhook, end).ConfigureAwait(false))
                    {
                        return false;
                    }
                }
            }
        }
        catch (Exception exception)
        {
            // Of a handler that cannot be made, or of its services when they end.
            Troubles.Enqueue(exception);
        }

        return true;
    }

    private async Task<bool> CallAsync(IGitHubWebhookHandler handler, GitHubWebhookEvent webhook, CancellationToken end)
    {
        if (end.IsCancellationRequested)
        {
            return false;
        }

        _current = handler.GetType().Name;
        try
        {
            await handler.HandleAsync(webhook, end).ConfigureAwait(false);
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            // It has looked at its token.
            return false;
        }
        catch (Exception exception)
        {
            Troubles.Enqueue(exception);
        }

        return true;
    }
}
