using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>Who uses a limit is learnt from what answers say, whatever their order and whatever the clocks do.</summary>
public sealed class RateLimitUseTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RateLimitUse _use;
    private DateTimeOffset _resetsAt;
    private int _used;

    public RateLimitUseTests()
    {
        _use = new RateLimitUse(_time);
        _resetsAt = _time.GetUtcNow().AddHours(1);
    }

    [Fact]
    public void Nothing_is_known_at_first() =>
        _use.Read().Should().Be(new RateLimitUse.Rates(0, 0, IsLearnt: false, UnderWay: 0));

    [Fact]
    public void What_the_own_requests_do_not_explain_are_others()
    {
        Watch(minutes: 30, own: 2, others: 6, RequestLane.Background);

        var known = _use.Read();
        known.ForeignPerSecond.Should().BeApproximately(6 / 60d, 0.005);
        known.InteractivePerSecond.Should().Be(0, "background work is nobody's need");
        known.IsLearnt.Should().BeTrue();
    }

    [Fact]
    public void Own_interactive_requests_are_a_need()
    {
        Watch(minutes: 30, own: 12, others: 0, RequestLane.Interactive);

        var known = _use.Read();
        known.InteractivePerSecond.Should().BeApproximately(12 / 60d, 0.005);
        known.ForeignPerSecond.Should().BeApproximately(0, 0.0001);
    }

    [Fact]
    public void Rates_are_not_trusted_before_they_were_watched_for_a_while()
    {
        Watch(minutes: 7, own: 1, others: 1, RequestLane.Background);
        _use.Read().IsLearnt.Should().BeFalse();

        Watch(minutes: 4, own: 1, others: 1, RequestLane.Background);
        _use.Read().IsLearnt.Should().BeTrue();
    }

    [Fact]
    public void A_first_burst_of_others_is_not_taken_for_a_habit()
    {
        Ask();
        _time.Advance(TimeSpan.FromSeconds(1));
        _used += 60;
        Ask();

        _use.Read().ForeignPerSecond.Should().BeApproximately(60 / RateLimitUse.LearningSeconds, 0.001);
    }

    [Fact]
    public void Rates_fade_when_the_use_ends()
    {
        Watch(minutes: 30, own: 30, others: 30, RequestLane.Interactive);
        Watch(minutes: 120, own: 1, others: 0, RequestLane.Background);

        var known = _use.Read();
        known.ForeignPerSecond.Should().BeLessThan(0.05);
        known.InteractivePerSecond.Should().BeLessThan(0.05);
    }

    [Fact]
    public void Answers_that_overtake_each_other_are_nobodys_use()
    {
        Ask();
        foreach (var order in (int[])[3, 1, 2, 0])
        {
            _use.Begin(RequestLane.Background);
            _ = order;
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        foreach (var used in (int[])[4, 2, 3, 1])
        {
            Learn(_used + used);
            _use.End(RequestLane.Background, isCounted: true);
        }

        _use.Read().ForeignPerSecond.Should().Be(0);
    }

    [Fact]
    public void What_is_under_way_is_taken_for_counted_until_it_is_known_better()
    {
        Ask();
        _use.Begin(RequestLane.Background);
        _use.Begin(RequestLane.Background);
        _time.Advance(TimeSpan.FromSeconds(10));
        _used += 3;
        Learn(_used);
        _use.Read().ForeignPerSecond.Should().BeApproximately(1 / RateLimitUse.LearningSeconds, 0.0001, "two of the three may be ours");

        _use.End(RequestLane.Background, isCounted: false);
        _use.End(RequestLane.Background, isCounted: false);
        Ask();
        _use.Read().ForeignPerSecond.Should().BeApproximately(3 / RateLimitUse.LearningSeconds, 0.0001, "none was");
    }

    [Fact]
    public void A_304_is_not_counted_by_GitHub_and_hides_nobody()
    {
        Ask();
        for (var minute = 0; minute < 30; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _used += 6;
            for (var asked = 0; asked < 10; asked++)
            {
                _use.Begin(RequestLane.Interactive);
                Learn(_used);
                _use.End(RequestLane.Interactive, isCounted: false);
            }
        }

        var known = _use.Read();
        known.ForeignPerSecond.Should().BeApproximately(0.1, 0.01);
        known.InteractivePerSecond.Should().Be(0);
    }

    [Fact]
    public void Use_is_learnt_across_the_reset()
    {
        Watch(minutes: 59, own: 1, others: 30, RequestLane.Background);
        _time.Advance(TimeSpan.FromMinutes(1));
        (_used, _resetsAt) = (0, _time.GetUtcNow().AddHours(1));
        Watch(minutes: 30, own: 1, others: 30, RequestLane.Background);

        _use.Read().ForeignPerSecond.Should().BeApproximately(0.5, 0.02);
    }

    [Fact]
    public void What_others_used_of_a_new_window_before_the_first_answer_counts()
    {
        Watch(minutes: 20, own: 1, others: 0, RequestLane.Background);
        _time.Advance(TimeSpan.FromMinutes(100));
        (_used, _resetsAt) = (600, _time.GetUtcNow().AddMinutes(20));
        Ask();

        _use.Read().ForeignPerSecond.Should().BeInRange(0.1, 0.2, "600 in the hour since the window before ended, at most");
    }

    [Fact]
    public void An_answer_from_before_the_reset_that_comes_after_it_says_nothing()
    {
        Ask();
        var before = _resetsAt;
        _used = 4000;
        _time.Advance(TimeSpan.FromMinutes(60));
        (_used, _resetsAt) = (0, _time.GetUtcNow().AddHours(1));
        Ask();
        var known = _use.Read();

        _use.Begin(RequestLane.Background);
        _use.Learn(new("core", 5000, 1, before), TimeSpan.FromSeconds(5));
        _use.End(RequestLane.Background, isCounted: true);

        _use.Read().ForeignPerSecond.Should().Be(known.ForeignPerSecond);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public void A_clock_that_is_set_wrong_in_between_is_nobodys_use(int hours)
    {
        Watch(minutes: 20, own: 10, others: 0, RequestLane.Background);

        _time.SetUtcNow(_time.GetUtcNow().AddHours(Math.Min(0, hours)));
        _resetsAt += TimeSpan.FromHours(Math.Min(0, hours));
        Watch(minutes: 5, own: 10, others: 0, RequestLane.Background);

        _use.Read().ForeignPerSecond.Should().BeApproximately(0, 0.001);
    }

    [Fact]
    public void A_window_that_is_moved_begins_the_count_anew()
    {
        Ask();
        _time.Advance(TimeSpan.FromMinutes(1));
        (_used, _resetsAt) = (3000, _resetsAt.AddMinutes(10));
        Ask();

        _use.Read().ForeignPerSecond.Should().Be(0, "what was used of the other window is not known to be new");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(100 * 365 * 24)]
    public void A_reset_that_cannot_be_is_not_believed(int hours)
    {
        Ask();
        _use.Begin(RequestLane.Background);
        _use.Learn(new("core", 5000, 0, _resetsAt), TimeSpan.FromHours(hours));
        _use.End(RequestLane.Background, isCounted: true);
        Watch(minutes: 30, own: 1, others: 6, RequestLane.Background);

        _use.Read().ForeignPerSecond.Should().BeApproximately(0.1, 0.01);
    }

    [Fact]
    public async Task Thousands_at_once_are_counted_right()
    {
        Ask();
        await Parallel.ForAsync(0, 10_000, TestContext.Current.CancellationToken, (_, _) =>
        {
            _use.Begin(RequestLane.Interactive);
            Learn(Interlocked.Increment(ref _used));
            _use.End(RequestLane.Interactive, isCounted: true);
            return default;
        });

        _time.Advance(TimeSpan.FromSeconds(1));
        _use.Read().Should().BeEquivalentTo(new { ForeignPerSecond = 0.0, UnderWay = 0 });
    }

    [Fact]
    public void An_answer_costs_no_memory()
    {
        Watch(minutes: 1, own: 100, others: 0, RequestLane.Interactive);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var answers = 0; answers < 1000; answers++)
        {
            Ask(RequestLane.Interactive);
        }

        _ = _use.Read();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    /// <summary>Every minute we and others send so many requests each.</summary>
    private void Watch(int minutes, int own, int others, RequestLane lane)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            if (_time.GetUtcNow() >= _resetsAt)
            {
                (_used, _resetsAt) = (0, _time.GetUtcNow().AddHours(1));
            }

            _used += others;
            for (var sent = 0; sent < own; sent++)
            {
                Ask(lane);
            }
        }
    }

    private void Ask(RequestLane lane = RequestLane.Background)
    {
        _use.Begin(lane);
        Learn(++_used);
        _use.End(lane, isCounted: true);
    }

    private void Learn(int used) => _use.Learn(new("core", 5000, 5000 - used, _resetsAt), _resetsAt - _time.GetUtcNow());
}
