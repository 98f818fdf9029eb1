using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Caching;

public sealed class BoundedCacheTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTime _time = new();
    private readonly BoundedCache _cache;

    public BoundedCacheTests() => _cache = new BoundedCache(_time, sizeLimitBytes: 100);

    [Fact]
    public void A_value_is_found_under_its_key_and_type()
    {
        _cache.Set("key", "value", sizeBytes: 1, Day).Should().BeTrue();
        _cache.TryGet<string>("key", out var value).Should().BeTrue();
        value.Should().Be("value");
        _cache.TryGet<int>("key", out _).Should().BeFalse();
        _cache.TryGet<string>("other", out _).Should().BeFalse();
    }

    [Fact]
    public void A_value_is_gone_when_its_time_is_over()
    {
        _cache.Set("key", "value", sizeBytes: 1, Day);
        _time.Advance(Day - TimeSpan.FromTicks(1));
        Has("key").Should().BeTrue();
        _time.Advance(TimeSpan.FromTicks(1));
        Has("key").Should().BeFalse();
    }

    [Fact]
    public void A_stale_value_is_kept()
    {
        var fetchedAt = _time.GetUtcNow();
        _cache.Set("main", new Aged<string>("c0ffee", fetchedAt, fetchedAt + Day), sizeBytes: 1, Day * 7);
        _time.Advance(Day);
        _cache.TryGet<Aged<string>>("main", out var pointer).Should().BeTrue();
        pointer.Value.Should().Be("c0ffee");
        pointer.IsFresh(_time.GetUtcNow()).Should().BeFalse();
        pointer.IsFresh(_time.GetUtcNow() - TimeSpan.FromTicks(1)).Should().BeTrue();
    }

    [Fact]
    public void A_removed_value_is_gone_and_its_room_free()
    {
        _cache.Set("key", "value", sizeBytes: 60, Day);
        _cache.Set("rest", "value", sizeBytes: 40, Day);
        _cache.Remove("key");
        _cache.Set("other", "value", sizeBytes: 60, Day);
        Has("key").Should().BeFalse();
        Has("rest").Should().BeTrue();
    }

    [Fact]
    public void Another_value_takes_the_place_of_the_first()
    {
        _cache.Set("key", "first", sizeBytes: 90, Day);
        _cache.Set("key", "second", sizeBytes: 90, Day).Should().BeTrue();
        _cache.TryGet<string>("key", out var value).Should().BeTrue();
        value.Should().Be("second");
    }

    [Fact]
    public void What_was_unused_for_longest_makes_room()
    {
        foreach (var key in Enumerable.Range(0, 10))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _cache.Set(key, key, sizeBytes: 10, Day);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Has(0).Should().BeTrue();
        _cache.Set("new", "value", sizeBytes: 10, Day).Should().BeTrue();
        Enumerable.Range(0, 10).Where(Has).Should().Equal(0, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(100)]
    public void A_large_value_is_kept_in_a_full_cache(long sizeBytes)
    {
        foreach (var key in Enumerable.Range(0, 100))
        {
            _cache.Set(key, key, sizeBytes: 1, Day);
        }

        _cache.Set("large", "value", sizeBytes, Day).Should().BeTrue();
        Has("large").Should().BeTrue();
        Enumerable.Range(0, 100).Count(Has).Should().BeLessThanOrEqualTo(100 - (int)sizeBytes);
    }

    [Fact]
    public void A_value_larger_than_the_cache_is_refused_and_costs_the_others_nothing()
    {
        _cache.Set("key", "old", sizeBytes: 1, Day);
        _cache.Set("other", "value", sizeBytes: 99, Day);
        _cache.Set("key", "new", sizeBytes: 101, Day).Should().BeFalse();
        Has("key").Should().BeFalse("the old value is out of date");
        Has("other").Should().BeTrue();
    }

    [Fact]
    public void Values_past_their_time_leave_their_room_to_others_first()
    {
        _cache.Set("short", "value", sizeBytes: 50, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _cache.Set("long", "value", sizeBytes: 50, Day);
        _cache.Set("new", "value", sizeBytes: 50, Day).Should().BeTrue();
        Has("long").Should().BeTrue();
    }

    [Fact]
    public void Many_writers_never_exceed_the_limit()
    {
        Parallel.For(0, 10_000, i => _cache.Set(i, i, sizeBytes: 1 + (i % 20), Day));
        Enumerable.Range(0, 10_000).Where(i => Has(i)).Sum(i => 1 + (i % 20)).Should().BeInRange(1, 100);
    }

    // MemoryCache alone loses count of the bytes here, and then refuses even what weighs nothing.
    [Fact]
    public void Writers_of_the_same_keys_do_not_spoil_the_count()
    {
        Parallel.For(0, 100_000, i => _cache.Set(i % 4, i, sizeBytes: 20 + (i % 30), Day));
        Parallel.For(0, 4, i => _cache.Remove(i));
        _cache.Set("nothing", "value", sizeBytes: 0, Day).Should().BeTrue();
        _cache.Set("all", "value", sizeBytes: 100, Day).Should().BeTrue();
        Has("nothing").Should().BeTrue();
    }

    [Fact]
    public void A_part_finds_and_forgets_nothing_but_its_own()
    {
        var (one, other) = (_cache.NewPart(), _cache.NewPart());
        _cache.Set("key", "whole", sizeBytes: 1, Day);
        one.Set("key", "one", sizeBytes: 1, Day);
        one.Set("more", "one", sizeBytes: 1, Day);
        other.TryGet<string>("key", out _).Should().BeFalse();
        other.Set("key", "other", sizeBytes: 1, Day);

        one.Remove("key");
        one.RemoveWhere(static _ => true).Should().Equal("more");
        one.Dispose();

        one.TryGet<string>("key", out _).Should().BeFalse();
        other.TryGet<string>("key", out var kept).Should().BeTrue();
        kept.Should().Be("other");
        _cache.RemoveWhere(static _ => true).Should().Equal("key");
        other.TryGet<string>("key", out _).Should().BeTrue("it is not the whole's to forget");
    }

    [Fact]
    public void Parts_share_the_bytes()
    {
        var (one, other) = (_cache.NewPart(), _cache.NewPart());
        one.Set("key", "one", sizeBytes: 60, Day);

        other.Set("key", "other", sizeBytes: 60, Day).Should().BeTrue();

        one.TryGet<string>("key", out _).Should().BeFalse();
    }

    public void Dispose() => _cache.Dispose();

    private bool Has(string key) => _cache.TryGet<string>(key, out _);

    private bool Has(int key) => _cache.TryGet<int>(key, out _);

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
