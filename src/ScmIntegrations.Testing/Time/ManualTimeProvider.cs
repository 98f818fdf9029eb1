namespace ScmIntegrations.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers, delays and time-outs made from it fire during
/// <see cref="Advance"/>, in the order in which they are due. Safe to use from many threads.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<TimerWaiter> _waiters = [];
    private readonly List<TimeSpan> _requestedDelays = [];
    private TimeSpan _elapsed;
    private DateTimeOffset _start;
    private long _armings;

    /// <summary>Starts the clock at noon on 1 January 2026, UTC.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Starts the clock at a chosen moment.</summary>
    /// <param name="start">The moment; it is converted to UTC.</param>
    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>
    /// Whether a timer fires as soon as it is armed, the clock jumping to the time it was due. Meant for retry
    /// tests. Timers longer than <see cref="AutoAdvanceUpTo"/> stay asleep. The callback runs on the thread pool.
    /// </summary>
    public bool AutoAdvance { get; set; }

    /// <summary>
    /// The longest timer that <see cref="AutoAdvance"/> fires. Set it below the time-outs of the code under test,
    /// so that back-off delays pass at once and deadlines do not. Every timer, unless told otherwise.
    /// </summary>
    public TimeSpan AutoAdvanceUpTo { get; set; } = TimeSpan.MaxValue;

    /// <summary>How many timers are armed now.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>Every due time that was asked for so far, oldest first: what the code under test meant to wait.</summary>
    public IReadOnlyList<TimeSpan> RequestedDelays
    {
        get
        {
            lock (_gate)
            {
                return [.. _requestedDelays];
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _start + _elapsed;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <summary>Moves the clock forward and fires, in order, the timers that become due on the way.</summary>
    /// <param name="delta">How far; zero fires what is due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is negative.</exception>
    public void Advance(TimeSpan delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        TimeSpan target;
        lock (_gate)
        {
            target = _elapsed + delta;
        }

        AdvanceTo(target);
    }

    /// <summary>
    /// Sets the clock. Forward is <see cref="Advance"/>; backward moves the wall clock alone, as an operator
    /// would: timestamps and timers do not go back.
    /// </summary>
    /// <param name="value">The new time.</param>
    public void SetUtcNow(DateTimeOffset value)
    {
        TimeSpan target;
        lock (_gate)
        {
            var delta = value.ToUniversalTime() - (_start + _elapsed);
            if (delta < TimeSpan.Zero)
            {
                _start += delta;
                return;
            }

            target = _elapsed + delta;
        }

        AdvanceTo(target);
    }

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
