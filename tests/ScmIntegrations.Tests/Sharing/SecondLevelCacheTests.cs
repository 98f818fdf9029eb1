using ScmIntegrations.Caching;
using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>Values that instances share, over a store that does as it should.</summary>
public sealed class SecondLevelCacheTests
{
    private static readonly byte[] Value = [.. Enumerable.Range(0, 5000).Select(number => (byte)(number / 100))];

    [Fact]
    public async Task What_one_instance_wrote_another_finds()
    {
        using var rig = new SecondLevelRig();
        var (fetchedAt, expiresAt) = (rig.Time.GetUtcNow(), rig.Time.GetUtcNow().AddHours(24));
        await rig.SetAsync(Value);

        var answer = await rig.FindAsync();

        answer.IsAnswered.Should().BeTrue();
        answer.Value!.Value.Value.Should().Equal(Value);
        answer.Value!.Value.FetchedAt.Should().Be(fetchedAt);
        answer.Value!.Value.ExpiresAt.Should().Be(expiresAt);
        rig.Store.Values.Should().ContainSingle().Which.Value.Length.Should().BeLessThan(500, "it is compressed");
        rig.Store.Kept[SecondLevelRig.Key.Text].AbsoluteExpirationRelativeToNow.Should().Be(TimeSpan.FromDays(8));
        rig.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task A_store_without_the_value_says_so()
    {
        using var rig = new SecondLevelRig();

        (await rig.FindAsync()).Should().Be(new StoreAnswer<Aged<byte[]>?>(true, null));
    }

    [Fact]
    public async Task What_is_damaged_is_a_miss()
    {
        using var rig = new SecondLevelRig();
        rig.Store.Values[SecondLevelRig.Key.Text] = [1, 2, 3];

        (await rig.FindAsync()).Should().Be(new StoreAnswer<Aged<byte[]>?>(true, null));

        rig.Told.Should().Equal(1406);
    }

    [Fact]
    public async Task What_is_too_large_is_not_written_and_counted()
    {
        using var rig = new SecondLevelRig(new() { MaxValueBytes = 1024 });
        var random = new byte[2000];
        new Random(1).NextBytes(random);

        await rig.SetAsync(random);
        await rig.SetAsync(random);

        rig.Store.Sets.Should().Be(0);
        rig.Cache.TooLarge.Should().Be(2);
        rig.Told.Should().Equal(1404);
    }

    [Fact]
    public async Task What_others_wrote_too_large_is_not_unpacked()
    {
        using var rig = new SecondLevelRig(new() { MaxValueBytes = 1024 });
        rig.Store.Values[SecondLevelRig.Key.Text] = SecondLevelFrame.Pack(SecondLevelRig.Key.Text, new(RandomBytes(2000), default, default), 10_000)!;

        (await rig.FindAsync()).Value.Should().BeNull();
    }

    [Fact]
    public async Task A_removal_comes_after_the_writes_before_it()
    {
        using var rig = new SecondLevelRig();

        var writes = Enumerable.Range(0, 50).Select(_ => rig.SetAsync(Value)).ToList();
        await rig.Cache.Remove(SecondLevelRig.Key);

        writes.Should().OnlyContain(write => write.IsCompletedSuccessfully);
        rig.Store.Values.Should().BeEmpty();
    }

    [Fact]
    public async Task A_value_that_cannot_be_made_is_told_and_thrown_at_nobody()
    {
        using var rig = new SecondLevelRig();

        await rig.Cache.Set(SecondLevelRig.Key, () => throw new InvalidOperationException("no"), default, default, TimeSpan.FromDays(1));

        rig.Told.Should().Equal(1407);
    }

    [Fact]
    public async Task What_need_not_be_kept_is_not_written()
    {
        using var rig = new SecondLevelRig();

        await rig.Cache.Set(SecondLevelRig.Key, () => Value, default, default, TimeSpan.Zero);

        rig.Store.Sets.Should().Be(0);
    }

    [Theory]
    [InlineData(1023)]
    [InlineData((1024 * 1024 * 1024) + 1)]
    public void A_bound_out_of_range_is_refused_with_the_value(int bytes) =>
        FluentActions.Invoking(() => new SecondLevelCacheOptions { MaxValueBytes = bytes }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"MaxValueBytes is from 1024 to 1073741824 bytes.*{bytes}*");

    internal static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
