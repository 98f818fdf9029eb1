using System.Threading.Channels;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>
/// The way of a verified delivery through one endpoint: known already? → the clients forget → its place in a bounded queue → a few
/// deliveries at a time are handled. The answer waits for the end of that for a while, and nothing depends on whether it still does.
/// </summary>
internal sealed class DeliveryQueue(
    string endpoint,
    GitHubWebhookOptions limits,
    DeliveryHandling handling,
    DeliveryMemory memory,
    SharedDeliveryMemory? shared,
    IGitHubIntegrationClientFactory clients,
    WebhookLog log)
{
    private readonly string _label = WebhookLog.Label(endpoint);
    private readonly Channel<Delivery> _channel = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(limits.QueueCapacity) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Takes a delivery in.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="options">The options as they are now.</param>
    /// <param name="cancellationToken">Cancels it, as long as it is not known whether the delivery is new.</param>
    /// <returns>What becomes of it, or of the same one that came before; and whether it is new.</returns>
    public async Task<(Task<DeliveryOutcome> Completion, bool IsNew)> AcceptAsync(Delivery delivery, GitHubWebhookOptions options, CancellationToken cancellationToken)
    {
        if (!memory.TryAdd(delivery, out var known))
        {
            log.Repeated(_label, delivery.Webhook.Name, delivery.Webhook.DeliveryId);
            return (known, false);
        }

        try
        {
            if (shared is not null && options.ShareRemembered && await shared.KnowsAsync(delivery, cancellationToken).ConfigureAwait(false))
            {
                log.Repeated(_label, delivery.Webhook.Name, delivery.Webhook.DeliveryId);
                memory.Keep(delivery, options.RememberFor);
                delivery.Complete(DeliveryOutcome.Repeated);
                return (delivery.Completion, false);
            }

            await ForgetAsync(delivery).ConfigureAwait(false);
        }
        catch
        {
            End(delivery, DeliveryOutcome.Failed);
            throw;
        }

        if (!_channel.Writer.TryWrite(delivery))
        {
            log.NoRoom(_label, delivery.Webhook.Name, delivery.Webhook.DeliveryId);
            End(delivery, DeliveryOutcome.Refused);
        }

        return (delivery.Completion, true);
    }

    /// <summary>Handles what comes, until there is nothing more to come and all is done, or the application has no more time.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, limits.Concurrency).Select(_ => HandleAllAsync(stopping)));

    /// <summary>Takes nothing more in. What is there is still handled.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>At once, and not behind what is handled: a client that is asked meanwhile must not answer with what is not true any more.</summary>
    private async Task ForgetAsync(Delivery delivery)
    {
        try
        {
            await clients.InvalidateAsync(delivery.Webhook, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The handlers are called all the same; the delivery has failed.
            delivery.Trouble = exception;
        }
    }

    private async Task HandleAllAsync(CancellationToken stopping)
    {
        await foreach (var delivery in _channel.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (stopping.IsCancellationRequested)
            {
                Abandon(delivery);
                continue;
            }

            await HandleAsync(delivery, stopping).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        // As they were when the endpoint was made, where a reload has broken them: what was accepted is handled.
        var (handlerTimeout, rememberFor, share) = Times();
        if (!await handling.RunAsync(delivery, handlerTimeout, stopping).ConfigureAwait(false))
        {
            if (stopping.IsCancellationRequested)
            {
                Abandon(delivery);
            }
            else
            {
                End(delivery, DeliveryOutcome.Failed);
            }

            return;
        }

        memory.Keep(delivery, rememberFor);
        delivery.Complete(DeliveryOutcome.Handled);
        if (shared is not null && share)
        {
            await shared.KeepAsync(delivery, rememberFor, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private (TimeSpan HandlerTimeout, TimeSpan RememberFor, bool Share) Times()
    {
        try
        {
            var now = handling.Options;
            return (now.HandlerTimeout, now.RememberFor, now.ShareRemembered);
        }
        catch (Exception)
        {
            // Not valid, or not to be read at all.
            return (limits.HandlerTimeout, limits.RememberFor, limits.ShareRemembered);
        }
    }

    private void Abandon(Delivery delivery)
    {
        log.NotHandled(_label, delivery.Webhook.Name, delivery.Webhook.DeliveryId);
        End(delivery, DeliveryOutcome.Failed);
    }

    private void End(Delivery delivery, DeliveryOutcome outcome)
    {
        memory.Forget(delivery);
        delivery.Complete(outcome);
    }
}
