using Microsoft.Extensions.Caching.Distributed;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>The deliveries that any instance has handled, in the application's distributed cache. A store that fails or is slow is one that knows nothing.</summary>
internal sealed class SharedDeliveryMemory(IDistributedCache store, TimeProvider timeProvider, WebhookLog log)
{
    // A delivery that comes twice does less harm than one that GitHub gives up.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly byte[] Handled = [1];

    /// <summary>Whether another instance has handled it.</summary>
    public async Task<bool> KnowsAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var known = false;
        await AskAsync(
            async token =>
            {
                foreach (var key in delivery.Keys.Looked)
                {
                    known |= await store.GetAsync(key, token).ConfigureAwait(false) is not null;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return known;
    }

    /// <summary>Tells the other instances that it was handled.</summary>
    public Task KeepAsync(Delivery delivery, TimeSpan rememberFor, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            foreach (var key in delivery.Keys.Kept)
            {
                await store.SetAsync(key, Handled, new() { AbsoluteExpirationRelativeToNow = rememberFor }, token).ConfigureAwait(false);
            }
        },
        cancellationToken);

    private async Task AskAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await ask(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.SharedMemoryFailed("distributed cache", exception);
        }
    }
}
