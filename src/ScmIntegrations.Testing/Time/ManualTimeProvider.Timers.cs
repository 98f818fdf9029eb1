namespace ScmIntegrations.Testing;

/// <content>Timers: arming, firing in order, and waiting for them.</content>
public sealed partial class ManualTimeProvider
{
    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once at least <paramref name="count"/> timers are armed at the same time.</summary>
    /// <param name="count">How many timers.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that completes when they are; at once when they already are.</returns>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(() => _armed.Count >= count, cancellationToken);

    /// <summary>Completes once a timer is armed that is due no later than <paramref name="within"/> from now.</summary>
    /// <param name="within">The longest time to its due time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>A task that completes when there is one; at once when there already is.</returns>
    public Task WaitForTimerAsync(TimeSpan within, CancellationToken cancellationToken = default) =>
        WaitAsync(() => _armed.Exists(timer => timer.DueAt - _elapsed <= within), cancellationToken);

    internal bool Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        List<TimerWaiter> ready;
        var firesAtOnce = false;
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            timer.DueAt = _elapsed + dueTime;
            timer.Period = period;
            timer.Order = _armings++;
            _armed.Add(timer);
            _requestedDelays.Add(dueTime);
            firesAtOnce = dueTime == TimeSpan.Zero || (AutoAdvance && dueTime <= AutoAdvanceUpTo);
            ready = TakeReadyWaiters();
        }

        if (firesAtOnce)
        {
            // Not on this thread: the code that arms a timer may hold a lock that its callback wants.
            var dueAt = timer.DueAt;
            ThreadPool.UnsafeQueueUserWorkItem(_ => AdvanceTo(dueAt), state: null);
        }

        ready.ForEach(waiter => waiter.Completion.TrySetResult());
        return true;
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _armed.Remove(timer);
        }
    }

    private void AdvanceTo(TimeSpan target)
    {
        while (TakeNextDue(target) is { } timer)
        {
            timer.Fire();
        }

        List<TimerWaiter> ready;
        lock (_gate)
        {
            ready = TakeReadyWaiters();
        }

        ready.ForEach(waiter => waiter.Completion.TrySetResult());
    }

    private ManualTimer? TakeNextDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _armed.Where(timer => timer.DueAt <= target).OrderBy(timer => timer.DueAt).ThenBy(timer => timer.Order).FirstOrDefault();
            var reached = next is null ? target : next.DueAt;
            _elapsed = reached > _elapsed ? reached : _elapsed;
            if (next is null)
            {
                return null;
            }

            if (next.Period > TimeSpan.Zero)
            {
                next.DueAt += next.Period;
                next.Order = _armings++;
            }
            else
            {
                _armed.Remove(next);
            }

            return next;
        }
    }

    private async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var waiter = new TimerWaiter(condition);
        lock (_gate)
        {
            if (condition())
            {
                return;
            }

            _waiters.Add(waiter);
        }

        await waiter.Completion.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private List<TimerWaiter> TakeReadyWaiters()
    {
        var ready = _waiters.FindAll(waiter => waiter.Condition());
        _waiters.RemoveAll(ready.Contains);
        return ready;
    }
}
