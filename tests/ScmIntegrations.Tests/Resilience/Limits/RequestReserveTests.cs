using ScmIntegrations.Resilience.Limits;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>How many requests background work leaves to others.</summary>
public sealed class RequestReserveTests
{
    private static readonly RateLimitUse.Rates Unknown = new(0, 0, IsLearnt: false, UnderWay: 0);
    private static readonly RateLimitUse.Rates Quiet = Unknown with { IsLearnt = true };
    private static readonly RateLimitUse.Rates Busy = new(0.2, 500 / 3600d, IsLearnt: true, UnderWay: 0);

    [Theory]
    [InlineData(3600)]
    [InlineData(1800)]
    [InlineData(1)]
    public void While_nothing_is_known_the_floor_is_left(int seconds) => Reserve(seconds).Requests(Unknown).Should().Be(200);

    [Theory]
    [InlineData(3600, 1548)]
    [InlineData(1800, 792)]
    [InlineData(36, 24)]
    public void What_others_will_need_is_left(int seconds, int left) => Reserve(seconds).Requests(Busy).Should().Be(left);

    [Theory]
    [InlineData(3600, 200)]
    [InlineData(1800, 100)]
    [InlineData(18, 1)]
    [InlineData(0, 0)]
    public void Once_all_is_known_to_be_quiet_the_floor_goes_down_with_the_time(int seconds, int left) => Reserve(seconds).Requests(Quiet).Should().Be(left);

    [Fact]
    public void What_is_under_way_comes_on_top() =>
        Reserve(3600).Requests(Unknown with { UnderWay = 7 }).Should().Be(207);

    [Fact]
    public void Without_a_factor_the_floor_alone_is_left() =>
        (Reserve(36) with { Factor = 0 }).Requests(Busy).Should().Be(200);

    [Fact]
    public void A_rate_out_of_all_reason_leaves_everything() =>
        Reserve(3600).Requests(Busy with { ForeignPerSecond = 1e12 }).Should().BeGreaterThan(1_000_000);

    [Fact]
    public void A_reset_further_off_than_a_window_counts_as_a_window() =>
        Reserve(1_000_000).Requests(Busy).Should().Be(1548);

    [Fact]
    public void One_more_is_sent_while_more_than_the_reserve_is_left()
    {
        (Reserve(3600) with { Limit = Reading(remaining: 201) }).LeavesMore(Unknown).Should().BeTrue();
        (Reserve(3600) with { Limit = Reading(remaining: 200) }).LeavesMore(Unknown).Should().BeFalse();
    }

    [Fact]
    public void A_refusal_tells_the_figures() =>
        Reserve(1800).Explain(Busy with { UnderWay = 3 }).Should().Be(
            "700 of 5000 requests are left until 2026-01-01 12:30:00Z, and background work leaves 795 to others "
            + "(1.2 times what 0.2 of ours and 0.139 of others a second come to in 1800 s, at least 200 an hour, and 3 under way).");

    private static RequestReserve Reserve(int seconds) => new(Reading(remaining: 700), TimeSpan.FromSeconds(seconds), Floor: 200, Factor: 1.2);

    private static RateLimitReading Reading(int remaining) => new("core", 5000, remaining, new DateTimeOffset(2026, 1, 1, 12, 30, 0, TimeSpan.Zero));
}
