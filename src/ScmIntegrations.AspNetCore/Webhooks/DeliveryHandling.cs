using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Handles one delivery as one interaction: every handler is called, within its time and in services of the delivery's own; what went wrong is told once.</summary>
internal sealed class DeliveryHandling(
    string endpoint,
    IServiceScopeFactory scopes,
    IInteractions interactions,
    IOptionsMonitor<GitHubWebhookOptions> options,
    TimeProvider timeProvider)
{
    private const string Interaction = "github_webhook";

    /// <summary>The options as they are now.</summary>
    /// <exception cref="OptionsValidationException">They are not valid.</exception>
    public GitHubWebhookOptions Options => options.Get(endpoint);

    /// <summary>Handles it.</summary>
    /// <returns>Whether all went well. Never throws.</returns>
    public async Task<bool> RunAsync(Delivery delivery, TimeSpan timeout, CancellationToken stopping)
    {
        try
        {
            await interactions.RunAsync(Describe(delivery.Webhook), _ => HandleAsync(delivery, timeout, stopping), stopping).ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            // The interaction has told it.
            return false;
        }
    }

    private InteractionDescriptor Describe(GitHubWebhookEvent webhook) => new(Interaction, "github")
    {
        Client = WebhookLog.Label(endpoint),
        Extras = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["event"] = webhook.Name,
            ["action"] = webhook.Action,
            ["delivery"] = webhook.DeliveryId,
            ["repository"] = webhook.Repository?.FullName,
            ["installation"] = webhook.InstallationId,
        },
    };

    private async Task HandleAsync(Delivery delivery, TimeSpan timeout, CancellationToken stopping)
    {
        var calls = new HandlerCalls(endpoint, scopes);
        if (delivery.Trouble is { } before)
        {
            calls.Troubles.Enqueue(before);
        }

        using var late = new CancellationTokenSource(timeout, timeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);

        // Apart, because a handler may block its thread: what does not look at its token must hold up neither the others' deliveries nor the end of the application.
        var calling = Task.Run(() => calls.RunAsync(delivery.Webhook, end.Token), CancellationToken.None);
        await ((Task)calling).WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!calling.IsCompletedSuccessfully || !await calling.ConfigureAwait(false))
        {
            stopping.ThrowIfCancellationRequested();
            calls.Troubles.Enqueue(new TimeoutException($"{calls.Current} was given up, because the handlers of one delivery may take {timeout} in all."));
        }

        switch (calls.Troubles.ToArray())
        {
            case [var only]:
                ExceptionDispatchInfo.Throw(only);
                break;
            case [_, ..] troubles:
                throw new AggregateException("More than one handler of a webhook failed.", troubles);
        }
    }
}
