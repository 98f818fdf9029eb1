namespace ScmIntegrations.Resilience.Limits;

/// <summary>
/// Bounds the requests under way at a time. Background ones have a share of the slots and interactive ones go first, so the
/// latter are never queued behind the former.
/// </summary>
internal sealed class RequestSlots
{
    private readonly Lock _lock = new();
    private readonly int _most;
    private readonly int _mostInBackground;
    private readonly TurnQueue _interactive;
    private readonly TurnQueue _background;
    private int _taken;
    private int _takenInBackground;

    public RequestSlots(int most, int mostInBackground)
    {
        (_most, _mostInBackground) = (most, Math.Min(most, mostInBackground));
        _interactive = new TurnQueue(_lock);
        _background = new TurnQueue(_lock);
    }

    /// <summary>How many are taken now.</summary>
    public int Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    /// <summary>Waits for a slot and takes it; it is given back by <see cref="Release"/>, once.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; no slot is taken.</exception>
    public ValueTask WaitAsync(RequestLane lane, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        var queue = lane is RequestLane.Background ? _background : _interactive;
        LinkedListNode<TurnQueue.Waiter> place;
        lock (_lock)
        {
            if (IsFree(lane))
            {
                Take(lane);
                return default;
            }

            place = queue.Join();
        }

        return queue.WaitAsync(place, null, cancellationToken);
    }

    /// <summary>Gives a slot back, to the first who waits for it.</summary>
    public void Release(RequestLane lane)
    {
        lock (_lock)
        {
            Add(lane, -1);
            if (_interactive.Count > 0)
            {
                Take(RequestLane.Interactive);
                _interactive.Serve();
            }
            else if (_background.Count > 0 && IsFree(RequestLane.Background))
            {
                Take(RequestLane.Background);
                _background.Serve();
            }
        }
    }

    // Nobody overtakes: while one of a lane waits, the lane has no free slot, because a slot goes to who waits as it is given back.
    private bool IsFree(RequestLane lane) =>
        _taken < _most && (lane is RequestLane.Interactive || _takenInBackground < _mostInBackground);

    private void Take(RequestLane lane) => Add(lane, 1);

    private void Add(RequestLane lane, int count)
    {
        _taken += count;
        _takenInBackground += lane is RequestLane.Background ? count : 0;
    }
}
