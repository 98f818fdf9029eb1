namespace ScmIntegrations.Testing;

/// <summary>How much of one hour's requests is left. Safe to use from many threads.</summary>
public sealed class RateLimitBucket
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private int _limit;
    private int _used;
    private DateTimeOffset _resetsAt;

    internal RateLimitBucket(TimeProvider time, int limit)
    {
        _time = time;
        _limit = limit;
        _resetsAt = time.GetUtcNow() + Window;
    }

    /// <summary>Requests an hour.</summary>
    public int Limit
    {
        get => Snapshot().Limit;
        set => Change(() => _limit = value);
    }

    /// <summary>Requests left in this hour. Zero makes every further request answer 403.</summary>
    public int Remaining
    {
        get => Snapshot().Remaining;
        set => Change(() => _used = _limit - value);
    }

    /// <summary>When the window ends and everything is left again.</summary>
    public DateTimeOffset ResetsAt
    {
        get => Snapshot().ResetsAt;
        set => Change(() => _resetsAt = value);
    }

    internal (int Limit, int Used, int Remaining, DateTimeOffset ResetsAt) Snapshot()
    {
        lock (_gate)
        {
            Renew();
            return (_limit, _used, Math.Max(0, _limit - _used), _resetsAt);
        }
    }

    internal bool TryConsume()
    {
        lock (_gate)
        {
            Renew();
            if (_used >= _limit)
            {
                return false;
            }

            _used++;
            return true;
        }
    }

    internal void GiveBack() => Change(() => _used = Math.Max(0, _used - 1));

    private void Change(Action change)
    {
        lock (_gate)
        {
            Renew();
            change();
        }
    }

    private void Renew()
    {
        var now = _time.GetUtcNow();
        if (now >= _resetsAt)
        {
            _used = 0;
            _resetsAt = now + Window;
        }
    }
}
