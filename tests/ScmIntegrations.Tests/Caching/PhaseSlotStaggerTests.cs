using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Caching;

public sealed class PhaseSlotStaggerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PhaseSlotStagger _stagger = new();

    [Fact]
    public void The_first_lifetime_is_from_23_h_to_just_under_47_h()
    {
        var lifetimes = Enumerable.Range(0, 2_000).Select(i => _stagger.Next($"acme/repository-{i}", i, Noon)).ToArray();
        lifetimes.Should().OnlyContain(lifetime => lifetime >= TimeSpan.FromHours(23) && lifetime < TimeSpan.FromHours(47));
        lifetimes.Min().Should().BeLessThan(TimeSpan.FromHours(23.1));
        lifetimes.Max().Should().BeGreaterThan(TimeSpan.FromHours(46.9));
    }

    [Fact]
    public void Refreshed_at_its_slot_a_key_lives_for_exactly_a_day()
    {
        var slot = Noon + _stagger.Next("acme/website", 0, Noon);
        _stagger.Next("acme/website", 0, slot).Should().Be(TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_800)]
    [InlineData(3_600)]
    public void A_refresh_up_to_an_hour_late_keeps_the_slot(int secondsLate)
    {
        var slot = Noon + _stagger.Next("acme/website", 0, Noon);
        var late = slot.AddSeconds(secondsLate);
        (late + _stagger.Next("acme/website", 0, late)).Should().Be(slot.AddDays(1));
    }

    [Fact]
    public void A_refresh_later_than_that_skips_a_day()
    {
        var slot = Noon + _stagger.Next("acme/website", 0, Noon);
        var late = slot.AddSeconds(3_601);
        (late + _stagger.Next("acme/website", 0, late)).Should().Be(slot.AddDays(2));
    }

    // SHA-256 of "0" begins with 5feceb66ffc86f38, which modulo 86,400 is 6,840; worked out by other means.
    [Fact]
    public void The_slot_is_the_same_in_every_process_and_release() =>
        _stagger.Next("0", 0, DateTimeOffset.UnixEpoch).Should().Be(TimeSpan.FromSeconds(93_240));

    [Fact]
    public void The_index_does_not_matter() =>
        _stagger.Next("acme/website", 7, Noon).Should().Be(_stagger.Next("acme/website", 0, Noon));

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(10_000)]
    public void Keys_of_any_length_hash_all_their_text(int length)
    {
        var start = new string('ü', length - 1);
        _stagger.Next(start + "a", 0, Noon).Should().NotBe(_stagger.Next(start + "b", 0, Noon));
    }
}
