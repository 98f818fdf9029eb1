using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.Tests.Properties;

/// <summary>A tree comes back from its bytes as it was, and no other bytes make trouble.</summary>
public sealed class TreeCodecProperties
{
    private static readonly Gen<string> Ids = Gen.OneOf(
        Gen.ArrayOf(Gen.Elements("0123456789abcdef".ToCharArray()), 40).Select(digits => new string(digits)),
        Gen.ArrayOf(Gen.Elements("0123456789abcdef".ToCharArray()), 40).Select(digits => new string(digits)),
        Gen.ArrayOf(Gen.Elements("0123456789abcdef".ToCharArray()), 64).Select(digits => new string(digits)),
        Gen.Elements("", "b10b", "\ud800", new string('A', 40)));

    private static readonly Gen<TreeEntry> Entries =
        from path in Texts.Piece.Where(text => !text.Any(char.IsSurrogate) || text.EnumerateRunes().All(rune => rune.Value != 0xFFFD))
        from mode in Gen.Elements("100644", "100755", "040000", "160000", "120000", "100666", "", "\udc00")
        from type in Gen.Elements(Enum.GetValues<TreeEntryType>())
        from sha in Ids
        from size in Gen.Elements<long?>(null, 0, 1, 127, 128, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue, -1)
        select new TreeEntry(path, mode, type, sha, size);

    private static readonly Arbitrary<(string Sha, TreeEntry[] Entries, string[] Missing)> Trees = (
        from sha in Ids
        from entries in Property.Lists(Entries).Generator
        from missing in Gen.Elements<string[]>([], [], [""], ["src", "\ud800", "\uffff"])
        select (sha, entries, missing)).ToArbitrary();

    [Fact]
    public void A_tree_comes_back_as_it_was() => Property.Holds(Trees, drawn =>
    {
        var tree = new RepositoryTree(drawn.Sha, drawn.Entries, drawn.Missing);

        TreeCodec.TryRead(TreeCodec.Write(tree), out var back).Should().BeTrue();

        back!.Sha.Should().Be(tree.Sha);
        back.MissingFolders.SequenceEqual(tree.MissingFolders, StringComparer.Ordinal).Should().BeTrue();
        back.SequenceEqual(drawn.Entries).Should().BeTrue();
        back.Columns.IsOrdered.Should().Be(tree.Columns.IsOrdered);
        back.SizeInBytes.Should().Be(tree.SizeInBytes);
    });

    [Fact]
    public void A_tree_that_is_cut_off_or_goes_on_is_none() => Property.Holds(Trees, drawn =>
    {
        var bytes = TreeCodec.Write(new RepositoryTree(drawn.Sha, drawn.Entries, drawn.Missing));

        TreeCodec.TryRead([.. bytes, 0], out _).Should().BeFalse();
        for (var length = 0; length < bytes.Length; length += 1 + (length / 50))
        {
            TreeCodec.TryRead(bytes.AsSpan(0, length), out _).Should().BeFalse();
        }
    });

    [Fact]
    public void Bytes_that_changed_are_refused_or_make_some_sound_tree() => Property.Holds(
        Property.Pairs(Trees, Property.Lists(Gen.Choose(0, int.MaxValue).Two())),
        input =>
        {
            var ((sha, entries, missing), changes) = input;
            var bytes = TreeCodec.Write(new RepositoryTree(sha, entries, missing));
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = (byte)value;
            }

            GoThrough(bytes);
        });

    [Fact]
    public void Any_bytes_at_all_make_no_trouble() => Property.Holds(Property.Any<byte[]>(), bytes => GoThrough([TreeCodec.Version, .. bytes]));

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 7, 0, 0, 0 })]
    public void What_announces_more_than_there_is_takes_no_memory(byte[] bytes)
    {
        _ = TreeCodec.TryRead(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var isTree = TreeCodec.TryRead(bytes, out _);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4096);
        isTree.Should().BeFalse();
    }

    private static void GoThrough(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isTree = TreeCodec.TryRead(bytes, out var tree);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4096 + (100L * bytes.Length));
        if (!isTree)
        {
            return;
        }

        foreach (var entry in tree!)
        {
            entry.ToString().Should().NotBeNull();
            tree.TryFind(entry.Path, out var found).Should().BeTrue();
            found.Path.Should().Be(entry.Path);
        }
    }
}
