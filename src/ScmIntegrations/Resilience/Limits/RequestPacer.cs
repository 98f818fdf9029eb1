namespace ScmIntegrations.Resilience.Limits;

/// <summary>
/// A bucket of turns that fills at an even rate, up to a burst; who finds it empty waits, first come, first served. One timer,
/// armed only while somebody waits. Time is the provider's timestamps, which no change of the clock moves.
/// </summary>
internal sealed class RequestPacer : IDisposable
{
    // A debt older than the minute in which GitHub counts is forgotten.
    private const double DebtSeconds = 60;

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly double _perSecond;
    private readonly int _burst;
    private readonly TurnQueue _queue;
    private readonly ITimer _timer;
    private double _turns;
    private long _filledAt;

    public RequestPacer(double perSecond, int burst, TimeProvider timeProvider)
    {
        (_perSecond, _burst, _turns, _timeProvider) = (perSecond, burst, burst, timeProvider);
        _queue = new TurnQueue(_lock);
        _filledAt = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(static state => ((RequestPacer)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for a turn and takes it. Who gives up takes none.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        LinkedListNode<TurnQueue.Waiter> place;
        lock (_lock)
        {
            Serve();
            if (_queue.Count == 0 && _turns >= 1)
            {
                _turns--;
                return default;
            }

            place = _queue.Join();
            if (_queue.Count == 1)
            {
                Arm();
            }
        }

        return _queue.WaitAsync(place, Disarm, cancellationToken);
    }

    /// <summary>Takes turns for what is sent without waiting; those who come later wait for it.</summary>
    public void Charge(int turns)
    {
        lock (_lock)
        {
            Fill();
            _turns = Math.Max(_turns - turns, -DebtSeconds * _perSecond);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_lock)
        {
            Serve();
            if (_queue.Count > 0)
            {
                Arm();
            }
        }
    }

    private void Serve()
    {
        Fill();
        for (; _queue.Count > 0 && _turns >= 1; _turns--)
        {
            _queue.Serve();
        }
    }

    private void Fill()
    {
        var now = _timeProvider.GetTimestamp();

        // A provider of somebody's own may step back; the time until it has caught up is lost, and no more.
        if (now > _filledAt)
        {
            _turns = Math.Min(_burst, _turns + (_timeProvider.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond));
        }

        _filledAt = now;
    }

    // A millisecond more than due: a timer that comes early finds nobody's turn, and would have to come again.
    private void Arm() => _timer.Change(TimeSpan.FromSeconds((1 - _turns) / _perSecond) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

    private void Disarm()
    {
        if (_queue.Count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
