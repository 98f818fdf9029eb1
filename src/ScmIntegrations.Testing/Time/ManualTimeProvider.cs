namespace ScmIntegrations.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers, delays and time-outs made from it fire during
/// <see cref="Advance"/>, in the order in which they are due. Safe to use from many threads.
/// </summary>
/// <remarks>
/// Give the same clock to the code under test and to the fake. Retries, limits and lifetimes are then a matter of moving it, and no test waits.
/// </remarks>
/// <example>
/// Step by step: wait until the code under test waits, then let the time pass.
/// <code>
/// var time = new ManualTimeProvider();
/// await using var gitHub = FakeGitHub.InMemory(options =&gt; options.TimeProvider = time);
/// services.AddSingleton&lt;TimeProvider&gt;(time);
/// …
/// var working = service.WorkAsync();
/// await time.WaitForTimerAsync(within: TimeSpan.FromMinutes(1));
/// time.Advance(TimeSpan.FromMinutes(1));
/// await working;
/// </code>
/// At once: every wait that is shorter than the time-outs passes by itself.
/// <code>
/// time.AutoAdvanceUpTo = TimeSpan.FromSeconds(25);
/// time.AutoAdvance = true;
/// await service.WorkAsync();
/// </code>
/// </example>
public sealed partial class ManualTimeProvider : TimeProvider
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

    /// <summary>
    /// How long until the next armed timer is due; <see langword="null"/> when none is armed. Zero when one is overdue.
    /// Advancing by it goes through a test step by step, however far apart the steps are.
    /// </summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count == 0 ? null
                    : _armed.Min(timer => timer.DueAt) is var due && due > _elapsed ? due - _elapsed
                    : TimeSpan.Zero;
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
}
