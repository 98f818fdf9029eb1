using System.Diagnostics.CodeAnalysis;

namespace ScmIntegrations.Resilience.Sharing;

/// <summary>
/// Stands between the library and a store that instances share. Whatever the store does (fail, stall, block its thread, ignore
/// its token), an operation ends within the budget of its call, throws nothing, and cannot pile up.
/// </summary>
/// <param name="store">What it is called in the log.</param>
/// <param name="timeProvider">The clock of budgets and pauses.</param>
/// <param name="log">Is told of outages.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle, and abandoned operations give their places back after everything else has ended.")]
internal sealed class StoreGuard(string store, TimeProvider timeProvider, StoreLog log)
{
    private const int MostUnderWay = 64;

    // Who comes with less than this left of its budget says nothing about the store by leaving.
    private static readonly TimeSpan FairWait = TimeSpan.FromMilliseconds(50);

    private readonly StoreHealth _health = new(store, timeProvider, log);
    private readonly StoreStarter _starter = new();
    private readonly SemaphoreSlim _places = new(MostUnderWay);

    /// <summary>The number of operations that have begun and not ended, abandoned ones included.</summary>
    internal int UnderWay => MostUnderWay - _places.CurrentCount;

    /// <summary>Whether the store is not being left alone.</summary>
    public bool MayAsk => _health.IsTrusted;

    /// <summary>Asks the store, and waits for no longer than the budget has left.</summary>
    /// <param name="operation">What is asked, as the end of "failed to".</param>
    /// <param name="ask">Asks. It goes on when it is no longer waited for; its token has then fired.</param>
    /// <param name="budget">The budget of the call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer; none when the store failed, was too slow or is being left alone.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; it is the exception's token.</exception>
    public async Task<StoreAnswer<T>> AskAsync<T>(string operation, Func<CancellationToken, Task<T>> ask, StoreBudget budget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var patience = budget.Left;
        if (patience == TimeSpan.Zero || !_health.MayAsk())
        {
            return default;
        }

        var began = timeProvider.GetTimestamp();
        using var timeout = new CancellationTokenSource(patience, timeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(end.Token).ConfigureAwait(false);
            var value = await Begin(ask, end).WaitAsync(end.Token).ConfigureAwait(false);
            _health.Succeeded();
            return new(true, value);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        catch (Exception exception)
        {
            var isTimeout = timeout.IsCancellationRequested;
            if (!isTimeout || patience >= FairWait)
            {
                _health.Failed(operation, isTimeout ? new TimeoutException($"No answer within {patience.TotalMilliseconds:0} ms.", exception) : exception);
            }

            return default;
        }
        finally
        {
            budget.Spend(timeProvider.GetElapsedTime(began));
        }
    }

    /// <summary>Begins an operation in the place that was taken for it, and gives the place back when it ends, however late.</summary>
    private Task<T> Begin<T>(Func<CancellationToken, Task<T>> ask, CancellationTokenSource end)
    {
        // A token of its own: the one of the call is disposed of with the call.
        var token = new CancellationTokenSource();
        var following = end.Token.UnsafeRegister(static state => _ = ((CancellationTokenSource)state!).CancelAsync(), token);

        // Whoever waited for it may have left before it begins.
        var operation = _starter.Start(() => end.IsCancellationRequested ? Task.FromCanceled<T>(new CancellationToken(canceled: true)) : ask(token.Token));
        _ = operation.ContinueWith(
            ended =>
            {
                // Looking at the exception marks it as observed: nobody else may be there to do so.
                _ = ended.Exception;
                following.Dispose();
                _places.Release();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return operation;
    }
}
