using System.Text;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Trees.Columns;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>A tree in memory: what went in comes out, and takes little room.</summary>
public sealed class RepositoryTreeTests
{
    private const string One = "1111111111111111111111111111111111111111";
    private const string Wide = "2222222222222222222222222222222222222222222222222222222222222222";

    private static readonly TreeEntry[] Strange =
    [
        new("z", "100644", TreeEntryType.Blob, One, 0),
        new("z", "100644", TreeEntryType.Blob, One, 0),
        new("", "", TreeEntryType.Unknown, "", null),
        new("a", "100666", TreeEntryType.Blob, One, 7),
        new("b", "100644", TreeEntryType.Blob, One.Replace('1', 'A'), uint.MaxValue),
        new("c", "100644", TreeEntryType.Blob, "not hexadecimal", long.MaxValue),
        new("d", "100644", TreeEntryType.Blob, Wide, uint.MaxValue + 1L),
        new("e", "040000", TreeEntryType.Commit, One, -1),
        new("f/\0/文件", "120000", TreeEntryType.Unknown, One.Replace('1', 'g'), null),
        default,
    ];

    [Fact]
    public void What_went_in_comes_out()
    {
        foreach (var entries in new[] { Strange, [.. Strange.Reverse()], [.. Strange.Skip(6)] })
        {
            var tree = new RepositoryTree("c0ffee", entries, ["src"]);

            tree.Should().Equal(entries);
            tree.Select(entry => (entry.Path, entry.Mode, entry.Type, entry.Sha, entry.Size)).Should().Equal(entries.Select(entry => (entry.Path, entry.Mode, entry.Type, entry.Sha, entry.Size)));
            tree.Sha.Should().Be("c0ffee");
            tree.MissingFolders.Should().Equal("src");
            tree.IsComplete.Should().BeFalse();
            tree.Count.Should().Be(entries.Length);
            tree[2].Should().Be(entries[2]);
        }
    }

    [Fact]
    public void A_place_that_is_none_is_refused()
    {
        var tree = new RepositoryTree("c0ffee", Strange);

        tree.Invoking(one => one[Strange.Length]).Should().Throw<IndexOutOfRangeException>();
        tree.Invoking(one => one[-1]).Should().Throw<IndexOutOfRangeException>();
    }

    [Fact]
    public void An_entry_is_a_value()
    {
        var entry = new TreeEntry("src/a.cs", "100644", TreeEntryType.Blob, One, 12);
        var seen = new RepositoryTree("c0ffee", [default, entry])[1];

        seen.Should().Be(entry);
        (seen == entry).Should().BeTrue();
        seen.GetHashCode().Should().Be(entry.GetHashCode());
        seen.ToString().Should().Be($"TreeEntry {{ Path = src/a.cs, Mode = 100644, Type = Blob, Sha = {One}, Size = 12 }}");
        Encoding.UTF8.GetString(seen.PathUtf8).Should().Be("src/a.cs");
        var (path, mode, type, sha, size) = seen;
        (path, mode, type, sha, size).Should().Be(("src/a.cs", "100644", TreeEntryType.Blob, One, 12L));
        foreach (var other in new[] { entry with { Path = "src/b.cs" }, entry with { Mode = "100755" }, entry with { Type = TreeEntryType.Tree }, entry with { Sha = Wide }, entry with { Size = null } })
        {
            (other != seen).Should().BeTrue($"{other} is another entry");
        }

        (entry with { Path = "src/b.cs" }).Path.Should().Be("src/b.cs");
    }

    [Fact]
    public void An_entry_that_was_never_made_says_nothing()
    {
        TreeEntry nothing = default;

        nothing.Should().Be(new TreeEntry("", "", TreeEntryType.Unknown, "", null));
        nothing.GetHashCode().Should().Be(new TreeEntry("", "", TreeEntryType.Unknown, "", null).GetHashCode());
        nothing.ToString().Should().Be("TreeEntry { Path = , Mode = , Type = Unknown, Sha = , Size =  }");
        nothing.PathUtf8.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_path_with_half_a_character_is_refused() =>
        FluentActions.Invoking(() => new TreeEntry("a\ud800", "100644", TreeEntryType.Blob, One, 1)).Should().Throw<ArgumentException>().WithParameterName("path");

    [Fact]
    public void Going_through_a_tree_allocates_nothing()
    {
        var tree = new RepositoryTree("c0ffee", Enumerable.Range(0, 1000).Select(number => new TreeEntry($"src/{number}", "100644", TreeEntryType.Blob, One, number)));
        var total = Sum(tree);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = Sum(tree);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().Be(0);
        again.Should().Be(total);

        static long Sum(RepositoryTree tree)
        {
            long sum = 0;
            foreach (var entry in tree)
            {
                sum += entry.Size!.Value + entry.PathUtf8.Length;
            }

            return sum;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_entry_takes_at_most_forty_bytes_beside_its_path(bool isOutOfOrder)
    {
        var served = FakeTree.Generate(20_000).Entries.Select(entry => new TreeEntry(entry.Path, entry.Mode, entry.Type is "tree" ? TreeEntryType.Tree : TreeEntryType.Blob, entry.Sha, entry.Size));
        TreeEntry[] entries = [.. isOutOfOrder ? served.Reverse() : served];
        long pathBytes = entries.Sum(entry => entry.PathUtf8.Length);
        using var gathered = new TreeColumnsBuilder();
        Array.ForEach(entries, gathered.Add);
        var sha = new string('c', 40);
        _ = Make().TryFind("none", out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var tree = Make();
        _ = tree.TryFind("none", out _);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before + Resident.Text(sha);

        tree.Columns.IsOrdered.Should().Be(!isOutOfOrder);
        (taken - pathBytes).Should().BeLessThan((isOutOfOrder ? 34L : 30L) * tree.Count);
        tree.SizeInBytes.Should().BeInRange(taken - 1024, taken + 1024, "that is what the arrays take, and only a comparer is thrown away");

        RepositoryTree Make() => new(sha, gathered.Build(), []);
    }
}
