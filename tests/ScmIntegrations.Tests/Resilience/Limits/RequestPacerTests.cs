using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>Turns come at an even rate, in order, and nobody's giving up costs anybody anything.</summary>
public sealed class RequestPacerTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _caller = new();

    private static CancellationToken Cancelled => new(canceled: true);

    public void Dispose() => _caller.Dispose();

    [Fact]
    public void A_burst_goes_at_once_and_the_rest_at_the_rate()
    {
        using var pacer = new RequestPacer(10, 300, _time);
        var callers = Call(pacer, 1000);

        Done(callers).Should().Be(300);
        foreach (var second in Enumerable.Range(1, 5))
        {
            Pass(seconds: 1);
            Done(callers).Should().BeInRange(298 + (second * 10), 300 + (second * 10), "a turn is handed out up to a millisecond late");
        }
    }

    [Fact]
    public void Who_came_first_goes_first()
    {
        using var pacer = new RequestPacer(1, 1, _time);
        var callers = Call(pacer, 5);

        for (var gone = 1; gone <= 5; gone++)
        {
            callers.TakeWhile(caller => caller.IsCompletedSuccessfully).Should().HaveCount(gone);
            Done(callers).Should().Be(gone);
            _time.Advance(TimeSpan.FromMilliseconds(1001));
        }
    }

    [Fact]
    public void Who_gives_up_takes_no_turn_and_leaves_no_timer()
    {
        using var pacer = new RequestPacer(1, 1, _time);
        _ = Call(pacer, 1);
        var givenUp = Call(pacer, 3, _caller.Token);

        _caller.Cancel();
        givenUp.Should().OnlyContain(caller => caller.IsCanceled);
        _time.ArmedTimers.Should().Be(0);

        _time.Advance(TimeSpan.FromSeconds(1));
        Call(pacer, 1).Should().OnlyContain(caller => caller.IsCompletedSuccessfully);
        Call(pacer, 1, Cancelled).Should().OnlyContain(caller => caller.IsCanceled);
    }

    [Fact]
    public void Who_waits_behind_one_that_gives_up_moves_on()
    {
        using var pacer = new RequestPacer(1, 1, _time);
        _ = Call(pacer, 1);
        _ = Call(pacer, 1, _caller.Token);
        var next = Call(pacer, 1);

        _caller.Cancel();
        _time.Advance(TimeSpan.FromMilliseconds(1001));

        next.Should().OnlyContain(caller => caller.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Thousands_at_once_from_many_threads_get_one_turn_each()
    {
        const int callers = 5000;
        using var pacer = new RequestPacer(10, 100, _time);
        var waits = new Task[callers];
        await Parallel.ForAsync(0, callers, TestContext.Current.CancellationToken, (number, _) =>
        {
            waits[number] = pacer.WaitAsync(number % 2 == 0 ? _caller.Token : CancellationToken.None).AsTask();
            return default;
        });
        Done(waits).Should().Be(100);

        await _caller.CancelAsync();
        var left = waits.Count(wait => wait.IsCanceled);
        Pass(seconds: 250);

        Done(waits).Should().Be(callers - left, "who stayed had a turn, and no turn was lost to who left");
        _time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public void A_clock_that_is_set_back_holds_nobody_up()
    {
        using var pacer = new RequestPacer(1, 1, _time);
        _ = Call(pacer, 1);
        var next = Call(pacer, 1);

        _time.SetUtcNow(_time.GetUtcNow().AddDays(-1));
        _time.Advance(TimeSpan.FromMilliseconds(1001));

        next.Should().OnlyContain(caller => caller.IsCompletedSuccessfully);
    }

    [Fact]
    public void Timestamps_that_step_back_cost_no_more_than_one_turns_time()
    {
        var time = new SteppingTime(_time);
        using var pacer = new RequestPacer(1, 1, time);
        _ = Call(pacer, 1);
        var next = Call(pacer, 1);

        time.Offset = -TimeSpan.TicksPerDay;
        Pass(seconds: 3);

        next.Should().OnlyContain(caller => caller.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_charge_is_paid_by_who_comes_later_and_forgotten_after_a_minute()
    {
        using var pacer = new RequestPacer(10, 10, _time);
        pacer.Charge(20);
        var next = Call(pacer, 1);

        Pass(seconds: 1);
        Done(next).Should().Be(0);
        Pass(seconds: 1);
        Done(next).Should().Be(1);

        pacer.Charge(1_000_000);
        var afterwards = Call(pacer, 1);
        Pass(seconds: 61);
        Done(afterwards).Should().Be(1);
    }

    [Fact]
    public void By_default_no_minute_sees_more_than_GitHub_allows()
    {
        var options = new RateLimitOptions();

        BusiestMinute(options.BackgroundRequestsPerSecond, options.BackgroundBurst).Should().BeInRange(850, 900, "GitHub allows 900 points a minute to one endpoint");
        BusiestMinute(options.WritesPerSecond, options.WriteBurst).Should().BeInRange(76, 80, "GitHub allows 80 content-creating requests a minute");
    }

    /// <summary>Somebody who always wants more takes all there is for ten minutes.</summary>
    private int BusiestMinute(double perSecond, int burst)
    {
        using var pacer = new RequestPacer(perSecond, burst, _time);
        var taken = new List<int>();
        var waiting = Call(pacer, burst * 2);
        for (var second = 0; second < 600; second++)
        {
            taken.Add(Done(waiting));
            waiting = [.. waiting.Where(caller => !caller.IsCompleted), .. Call(pacer, taken[^1])];
            Pass(seconds: 1);
        }

        return Enumerable.Range(0, taken.Count - 60).Max(from => taken.Skip(from).Take(60).Sum());
    }

    private static Task[] Call(RequestPacer pacer, int callers, CancellationToken? caller = null) =>
        [.. Enumerable.Range(0, callers).Select(_ => pacer.WaitAsync(caller ?? TestContext.Current.CancellationToken).AsTask())];

    private static int Done(IEnumerable<Task> callers) => callers.Count(caller => caller.IsCompletedSuccessfully);

    private void Pass(int seconds)
    {
        for (var step = 0; step < seconds * 10; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private sealed class SteppingTime(ManualTimeProvider time) : TimeProvider
    {
        public long Offset { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp() + Offset;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
    }
}
