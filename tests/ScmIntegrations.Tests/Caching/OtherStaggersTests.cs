using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Caching;

public sealed class OtherStaggersTests
{
    [Theory]
    [InlineData(0, 24)]
    [InlineData(23, 47)]
    [InlineData(24, 24)]
    [InlineData(49, 25)]
    public void An_index_bucket_adds_the_index_modulo_24_hours(int index, int hours) =>
        new IndexBucketStagger().Next("acme/website", index, DateTimeOffset.UnixEpoch).Should().Be(TimeSpan.FromHours(hours));

    [Fact]
    public void An_index_bucket_refuses_a_negative_index()
    {
        var next = () => new IndexBucketStagger().Next("acme/website", -1, DateTimeOffset.UnixEpoch);
        next.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_draw_is_new_for_every_write_and_lies_between_one_day_and_two()
    {
        var stagger = new RandomPerWriteStagger();
        var lifetimes = Enumerable.Range(0, 1_000).Select(_ => stagger.Next("acme/website", 0, DateTimeOffset.UnixEpoch)).ToArray();
        lifetimes.Should().OnlyContain(lifetime => lifetime >= TimeSpan.FromDays(1) && lifetime < TimeSpan.FromDays(2));
        lifetimes.Distinct().Count().Should().BeGreaterThan(990);
    }

    // Without the lock, threads share the generator's state: a draw repeats or the generator breaks down to zeros.
    [Fact]
    public void A_seeded_generator_may_be_used_from_many_threads()
    {
        const int draws = 100_000;
        var expected = new RandomPerWriteStagger(new Random(7));
        var stagger = new RandomPerWriteStagger(new Random(7));
        var drawn = new TimeSpan[draws];
        Parallel.For(0, draws, i => drawn[i] = stagger.Next("acme/website", 0, DateTimeOffset.UnixEpoch));
        var inOrder = Enumerable.Range(0, draws).Select(_ => expected.Next("acme/website", 0, DateTimeOffset.UnixEpoch));
        drawn.Order().Should().Equal(inOrder.Order());
    }
}
