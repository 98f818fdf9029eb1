using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>What does not come out as it went in does not come out.</summary>
public sealed class SecondLevelFrameTests
{
    private const string Key = "scm1:tree:key";
    private static readonly byte[] Value = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("src/Program.cs\n", 40)));
    private static readonly DateTimeOffset FetchedAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(5_000_000)]
    public void A_value_of_any_length_comes_back(int length)
    {
        var value = SecondLevelCacheTests.RandomBytes(length);

        SecondLevelFrame.TryUnpack(Key, Pack(value), out var back).Should().BeTrue();

        back.Value.AsSpan().SequenceEqual(value).Should().BeTrue();
        back.FetchedAt.Should().Be(FetchedAt);
        back.ExpiresAt.Should().Be(FetchedAt.AddHours(24));
    }

    [Fact]
    public void Every_bit_counts()
    {
        var framed = Pack(Value);
        for (var bit = 0; bit < framed.Length * 8; bit++)
        {
            framed[bit / 8] ^= (byte)(1 << (bit % 8));
            SecondLevelFrame.TryUnpack(Key, framed, out _).Should().BeFalse($"bit {bit} is another");
            framed[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void What_is_cut_off_or_goes_on_does_not_open()
    {
        var framed = Pack(Value);
        Enumerable.Range(0, framed.Length).Where(length => SecondLevelFrame.TryUnpack(Key, framed.AsSpan(0, length), out _)).Should().BeEmpty();
        SecondLevelFrame.TryUnpack(Key, [.. framed, 0], out _).Should().BeFalse();
    }

    [Fact]
    public void A_value_does_not_open_under_another_key() => SecondLevelFrame.TryUnpack("scm1:tree:other", Pack(Value), out _).Should().BeFalse();

    [Theory]
    [InlineData(0, 2, "another version")]
    [InlineData(17, -1, "a negative length")]
    [InlineData(17, int.MaxValue, "a length beyond the bound")]
    [InlineData(17, SecondLevelFrame.MaxUnpackedBytes + 1, "a length just beyond the bound")]
    [InlineData(17, 599, "less than there is")]
    [InlineData(17, 601, "more than there is")]
    [InlineData(5, -1, "a time before time")]
    [InlineData(13, int.MaxValue, "a time after time")]
    public void What_somebody_wrote_with_a_right_checksum_and_wrong_contents_does_not_open(int offset, int value, string what)
    {
        var framed = Pack(Value);
        if (offset == 0)
        {
            framed[0] = (byte)value;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(framed.AsSpan(offset), value);
        }

        SecondLevelFrame.TryUnpack(Key, WithRightChecksum(framed), out _).Should().BeFalse(what);
    }

    [Fact]
    public void The_checksum_of_these_tests_is_the_real_one() => WithRightChecksum(Pack(Value)).Should().Equal(Pack(Value));

    [Fact]
    public void A_bomb_takes_no_more_memory_than_it_declares()
    {
        // 200 MB of zeroes in a few hundred bytes, declared as 1,000.
        var framed = Pack(new byte[200_000_000]);
        BinaryPrimitives.WriteInt32LittleEndian(framed.AsSpan(17), 1000);
        var bomb = WithRightChecksum(framed);
        SecondLevelFrame.TryUnpack(Key, bomb, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        SecondLevelFrame.TryUnpack(Key, bomb, out _).Should().BeFalse();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000);
    }

    [Fact]
    public void Noise_does_not_open_and_does_not_throw()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            if (noise.Length > 37)
            {
                noise[0] = 1;
                BinaryPrimitives.WriteInt32LittleEndian(noise.AsSpan(17), random.Next(1000));
                noise = WithRightChecksum(noise);
            }

            SecondLevelFrame.TryUnpack(Key, noise, out _).Should().BeFalse();
        }
    }

    [Fact]
    public void A_value_beyond_the_bound_is_not_packed() => SecondLevelFrame.Pack(Key, new(Value, FetchedAt, FetchedAt), 50).Should().BeNull();

    [Fact]
    public void Keys_tell_their_parts_apart()
    {
        string[] keys =
        [
            Text("tree", "a", "b", "c"), Text("tree", "a", "bc"), Text("tree", "ab", "c"), Text("tree", "a", "b", "c", ""), Text("pointer", "a", "b", "c"),
            Text("tree", "a", "b", "C"), Text("tree", "a", "b", "\ud800"), Text("tree", "a", "b", "\ud801"),
        ];

        keys.Should().OnlyHaveUniqueItems();
        Text("tree", "a", "b", "c").Should().Be(keys[0]).And.StartWith("scm1:tree:");
        Text("tree", "a", "b", new string('x', 100_000)).Length.Should().BeLessThan(80);
    }

    private static string Text(string kind, string host, string credential, params string[] parts) => SecondLevelKey.Of(kind, host, credential, parts).Text;

    private static byte[] Pack(byte[] value) => SecondLevelFrame.Pack(Key, new(value, FetchedAt, FetchedAt.AddHours(24)), int.MaxValue)!;

    private static byte[] WithRightChecksum(byte[] framed)
    {
        byte[] all = [.. Encoding.UTF8.GetBytes(Key), .. framed[..21], .. framed[37..]];
        return [.. framed[..21], .. SHA256.HashData(all)[..16], .. framed[37..]];
    }
}
