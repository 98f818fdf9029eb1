namespace ScmIntegrations.Resilience.Limits;

/// <summary>
/// Learns who uses one limit of one credential: this client's interactive requests, and all others that the limit counts and
/// this client did not send (other tools, other instances of this service). Time is the provider's timestamps, so that no change
/// of the clock is taken for use. Safe to use from many threads; nothing here allocates.
/// </summary>
internal sealed class RateLimitUse(TimeProvider timeProvider)
{
    /// <summary>How long use is watched before its rates are trusted: an eighth of a window.</summary>
    public const double LearningSeconds = 450;

    // Of its own requests a client knows that there were none before.
    private const double FirstSeconds = 60;

    // The reset is converted through two clocks, so the same window can come out a few seconds apart.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    // GitHub's windows last an hour at most; a reset further off is none of its own.
    private static readonly TimeSpan LongestWindow = TimeSpan.FromHours(2);

    private readonly Lock _lock = new();
    private readonly long _origin = timeProvider.GetTimestamp();
    private FadingRate _interactive;
    private FadingRate _foreign;
    private int _interactiveUnderWay;
    private int _backgroundUnderWay;
    private int _backgroundAdmitted;
    private double _interactiveSince;

    // The window that the latest readings speak of, and what in it can only have been others.
    private bool _isWatching;
    private double _windowEndsAt;
    private double _readAt;
    private int _usedAtFirst;
    private int _sent;
    private int _foreignSeen;

    /// <summary>What is known at a moment.</summary>
    /// <param name="InteractivePerSecond">This client's interactive requests.</param>
    /// <param name="ForeignPerSecond">Everybody else's requests.</param>
    /// <param name="IsLearnt">Whether the rates were watched for long enough to be trusted.</param>
    /// <param name="UnderWay">Requests that the latest reading may not have counted yet.</param>
    public readonly record struct Rates(double InteractivePerSecond, double ForeignPerSecond, bool IsLearnt, int UnderWay);

    /// <summary>A request goes out.</summary>
    public void Begin(RequestLane lane)
    {
        lock (_lock)
        {
            CountUnderWay(lane, 1);
            _sent++;
        }
    }

    /// <summary>A request is over.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="isCounted">Whether GitHub has counted it, as far as anybody can know: not a 304, and not what was never sent.</param>
    public void End(RequestLane lane, bool isCounted)
    {
        lock (_lock)
        {
            CountUnderWay(lane, -1);
            if (!isCounted)
            {
                _sent--;
            }
            else if (lane is RequestLane.Interactive)
            {
                var now = Now();
                _interactive.Add(1, now - _interactiveSince);
                _interactiveSince = now;
            }
        }
    }

    /// <summary>An answer says how much of the limit is used. Called before the request that it answers ends.</summary>
    public void Learn(RateLimitReading reading, TimeSpan untilReset)
    {
        if (untilReset <= TimeSpan.Zero || untilReset > LongestWindow)
        {
            return;
        }

        lock (_lock)
        {
            var now = Now();
            var used = Math.Max(0, reading.Limit - reading.Remaining);
            var later = now + untilReset.TotalSeconds - _windowEndsAt;
            if (!_isWatching || (Math.Abs(later) > Tolerance.TotalSeconds && !IsNextWindow(now)))
            {
                if (_isWatching && later < 0)
                {
                    // An answer from before the reset that came after it.
                    return;
                }

                // The first reading, or the window was moved: what was used before now may have been anybody.
                // The request that was answered is in the count already.
                Watch(now, untilReset, used, sent: UnderWay - 1);
                return;
            }

            var watched = now - _readAt;
            if (later > Tolerance.TotalSeconds)
            {
                // A window that began unused. Of ours, what is under way now may belong to it, and no more.
                watched = Math.Min(watched, Math.Max(0, now - _windowEndsAt));
                Watch(now, untilReset, 0, sent: UnderWay);
            }

            // Some of what was sent may not be counted yet, so this is the least that others can have used, and the most that was ever seen holds.
            var foreign = Math.Max(_foreignSeen, used - _usedAtFirst - _sent);
            _foreign.Add(foreign - _foreignSeen, watched);
            _foreignSeen = foreign;
            _readAt = now;
        }
    }

    /// <summary>Counts a piece of background work as begun, if the reserve that is known to be needed leaves one more request.</summary>
    public bool TryAdmit(in RequestReserve rule, out Rates known)
    {
        lock (_lock)
        {
            known = Known();
            if (!rule.LeavesMore(known))
            {
                return false;
            }

            _backgroundAdmitted++;
            return true;
        }
    }

    /// <summary>A piece of background work is over.</summary>
    public void EndAdmitted()
    {
        lock (_lock)
        {
            _backgroundAdmitted--;
        }
    }

    /// <summary>What is known now.</summary>
    public Rates Read()
    {
        lock (_lock)
        {
            return Known();
        }
    }

    private Rates Known()
    {
        var interactive = _interactive;
        interactive.Add(0, Now() - _interactiveSince);
        return new(
            interactive.PerSecond(FirstSeconds),
            _foreign.PerSecond(LearningSeconds),
            _foreign.Seconds >= LearningSeconds,
            _interactiveUnderWay + Math.Max(_backgroundUnderWay, _backgroundAdmitted));
    }

    private int UnderWay => _interactiveUnderWay + _backgroundUnderWay;

    private bool IsNextWindow(double now) => now >= _windowEndsAt - Tolerance.TotalSeconds;

    private void Watch(double now, TimeSpan untilReset, int used, int sent)
    {
        _isWatching = true;
        _windowEndsAt = now + untilReset.TotalSeconds;
        _readAt = now;
        _usedAtFirst = used;
        _sent = sent;
        _foreignSeen = 0;
    }

    private void CountUnderWay(RequestLane lane, int change)
    {
        ref var underWay = ref lane is RequestLane.Background ? ref _backgroundUnderWay : ref _interactiveUnderWay;
        underWay += change;
    }

    private double Now() => Math.Max(0, timeProvider.GetElapsedTime(_origin).TotalSeconds);
}
