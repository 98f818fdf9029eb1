namespace ScmIntegrations.Testing.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_see_their_own_time()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan After)>();
        using var late = _clock.CreateTimer(_ => fired.Add(("late", _clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var early = _clock.CreateTimer(_ => fired.Add(("early", _clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var never = _clock.CreateTimer(_ => fired.Add(("never", default)), null, TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(5));

        fired.Should().Equal(("early", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(3)));
        _clock.GetUtcNow().Should().Be(start + TimeSpan.FromSeconds(5));
        _clock.GetElapsedTime(0).Should().Be(TimeSpan.FromSeconds(5));
        _clock.ArmedTimers.Should().Be(1);
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period_until_disposed()
    {
        var count = 0;
        var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(6));
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(6));

        count.Should().Be(3);
        timer.Change(TimeSpan.Zero, TimeSpan.Zero).Should().BeFalse();
    }

    [Fact]
    public async Task A_test_can_wait_until_the_code_under_test_sleeps()
    {
        var waiting = _clock.WaitForTimersAsync(1, Http.Cancellation);
        waiting.IsCompleted.Should().BeFalse();

        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock, Http.Cancellation);
        await waiting;
        delay.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
        _clock.RequestedDelays.Should().Equal(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Waiting_for_a_timer_by_its_due_time_overlooks_longer_ones()
    {
        using var deadline = _clock.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(100), Timeout.InfiniteTimeSpan);
        var waiting = _clock.WaitForTimerAsync(TimeSpan.FromSeconds(5), Http.Cancellation);
        waiting.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(96));

        await waiting;
    }

    [Fact]
    public async Task Auto_advance_makes_delays_pass_at_once_and_leaves_deadlines_alone()
    {
        _clock.AutoAdvance = true;
        _clock.AutoAdvanceUpTo = TimeSpan.FromSeconds(10);
        var start = _clock.GetUtcNow();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(100), _clock);

        await Task.Delay(TimeSpan.FromSeconds(2), _clock, Http.Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(4), _clock, Http.Cancellation);

        _clock.GetUtcNow().Should().Be(start + TimeSpan.FromSeconds(6));
        deadline.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public void Setting_the_clock_back_moves_neither_timestamps_nor_timers()
    {
        var start = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(10));

        _clock.SetUtcNow(start - TimeSpan.FromHours(1));

        _clock.GetUtcNow().Should().Be(start - TimeSpan.FromHours(1));
        _clock.GetElapsedTime(0).Should().Be(TimeSpan.FromSeconds(10));
        _clock.Invoking(clock => clock.Advance(TimeSpan.FromTicks(-1))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void The_next_timer_says_how_far_it_is()
    {
        var clock = new ManualTimeProvider();
        clock.UntilNextTimer.Should().BeNull();
        using var late = clock.CreateTimer(static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        using var early = clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        clock.UntilNextTimer.Should().Be(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(5));

        clock.UntilNextTimer.Should().Be(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5));
    }
}
