using System.Diagnostics;

namespace ScmIntegrations.Caching;

/// <summary>Lets any number of concurrent callers of one key share one run.</summary>
/// <remarks>
/// A run belongs to all who wait for it and to none in particular: it goes on while anyone waits, is cancelled when the
/// last one leaves, and sees nothing of the caller that happened to come first: neither its token nor its async-local
/// values, save the current activity, below which the run is traced. A flight is in the table exactly as long as it can be joined.
/// </remarks>
/// <typeparam name="TKey">What callers have in common.</typeparam>
/// <typeparam name="TValue">What they all get: the same instance, so it must be safe to share.</typeparam>
internal sealed class SingleFlight<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Flight> _flights = [];

    /// <summary>Gets the number of flights that can be joined now.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _flights.Count;
            }
        }
    }

    /// <summary>Joins the flight under way for a key, or starts one.</summary>
    /// <param name="key">What callers have in common.</param>
    /// <param name="start">
    /// The run, used by the first caller only. It starts on the thread pool; its token fires when nobody waits any more.
    /// It must not wait for its own key.
    /// </param>
    /// <param name="cancellationToken">Ends this caller's wait, and nobody else's.</param>
    /// <returns>The result of the run.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; it is the exception's token.</exception>
    public async Task<TValue> RunAsync(TKey key, Func<CancellationToken, Task<TValue>> start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Join(key, out var isNew);
        if (isNew)
        {
            Start(key, flight, start);
        }

        try
        {
            return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private Flight Join(TKey key, out bool isNew)
    {
        lock (_gate)
        {
            isNew = !_flights.TryGetValue(key, out var flight);
            if (flight is null)
            {
                _flights.Add(key, flight = new Flight());
            }

            flight.Waiting++;
            return flight;
        }
    }

    private void Start(TKey key, Flight flight, Func<CancellationToken, Task<TValue>> start)
    {
        var trace = Activity.Current;

        // Suppressing the flow frees only what runs elsewhere, so the run begins on the pool rather than here.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => StartBelow(trace, start, flight.Abandoned.Token), CancellationToken.None).ContinueWith(
                run => Land(key, flight, run),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    // The one thing that is handed over: the trace of a run hangs below the caller that set it off.
    private static Task<TValue> StartBelow(Activity? trace, Func<CancellationToken, Task<TValue>> start, CancellationToken abandoned)
    {
        Activity.Current = trace;
        return start(abandoned);
    }

    private void Land(TKey key, Flight flight, Task<TValue> run)
    {
        lock (_gate)
        {
            Close(key, flight);
        }

        flight.SetFromTask(run);

        // Looking at the exception marks it as observed: an abandoned flight has nobody else to do so.
        _ = flight.Task.Exception;
    }

    private void Leave(TKey key, Flight flight)
    {
        bool isAbandoned;
        lock (_gate)
        {
            isAbandoned = --flight.Waiting == 0 && Close(key, flight);
        }

        if (isAbandoned)
        {
            // Asynchronously: what the run does about it must not delay the caller that leaves, nor throw at it.
            _ = flight.Abandoned.CancelAsync().ContinueWith(
                static cancelling => _ = cancelling.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    // Under the gate. False when the flight has landed or was abandoned before; a successor keeps its place.
    private bool Close(TKey key, Flight flight) =>
        _flights.TryGetValue(key, out var current) && ReferenceEquals(current, flight) && _flights.Remove(key);

    // Continues asynchronously, so that no waiter has to sit through what another does with the result.
    private sealed class Flight() : TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        // Not disposed: it holds neither timer nor parent, and the last waiter may leave while the run lands.
        public CancellationTokenSource Abandoned { get; } = new();

        public int Waiting { get; set; }
    }
}
