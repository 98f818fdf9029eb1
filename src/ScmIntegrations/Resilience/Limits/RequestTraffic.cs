using System.Collections.Concurrent;

namespace ScmIntegrations.Resilience.Limits;

/// <summary>What each credential of a client has under way, and how fast it goes: GitHub's secondary limits, kept on this side.</summary>
internal sealed class RequestTraffic(RateLimitOptions options, TimeProvider timeProvider) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lanes> _credentials = new(StringComparer.Ordinal);

    /// <summary>How long requests take.</summary>
    public RequestDuration Duration { get; } = new();

    /// <summary>Waits for a request's turn: for a write that the one before is long enough ago, for any request that one fewer is under way.</summary>
    /// <returns>The turn; its end is that of the request.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<RequestTurn> EnterAsync(string credential, RequestLane lane, OperationClass operation, CancellationToken cancellationToken)
    {
        var lanes = Of(credential);
        if (operation is OperationClass.Write or OperationClass.IdempotentWrite)
        {
            // Before the slot, so that a queue of writes does not keep reads from going.
            await lanes.Writes.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        await lanes.Slots.WaitAsync(lane, cancellationToken).ConfigureAwait(false);
        return new RequestTurn(lanes.Slots, lane);
    }

    /// <summary>Waits until one more piece of background work may begin.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public ValueTask PaceBackgroundAsync(string credential, CancellationToken cancellationToken) =>
        Of(credential).Background.WaitAsync(cancellationToken);

    /// <summary>Counts a further request of background work that has begun. It does not wait, for an interactive caller may be waiting for that work; the next piece waits longer.</summary>
    public void ChargeBackground(string credential) => Of(credential).Background.Charge(1);

    public void Dispose()
    {
        foreach (var lanes in _credentials.Values)
        {
            lanes.Dispose();
        }
    }

    private Lanes Of(string credential) =>
        _credentials.TryGetValue(credential, out var lanes) ? lanes : _credentials.GetOrAdd(credential, static (_, self) => self.NewLanes(), this);

    private Lanes NewLanes() => new(
        new RequestSlots(options.MaxConcurrency, options.BackgroundConcurrency),
        new RequestPacer(options.WritesPerSecond, options.WriteBurst, timeProvider),
        new RequestPacer(options.BackgroundRequestsPerSecond, options.BackgroundBurst, timeProvider));

    private sealed record Lanes(RequestSlots Slots, RequestPacer Writes, RequestPacer Background) : IDisposable
    {
        public void Dispose()
        {
            Writes.Dispose();
            Background.Dispose();
        }
    }
}

/// <summary>A request's turn; ended once, when the request has ended.</summary>
internal readonly struct RequestTurn(RequestSlots slots, RequestLane lane) : IDisposable
{
    public void Dispose() => slots?.Release(lane);
}
