using System.Text;
using FsCheck.Fluent;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using Property = ScmIntegrations.Tests.Properties.Property;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Look-ups find what going through all entries would find.</summary>
public sealed class TreeFindingTests
{
    private const string Id = "1111111111111111111111111111111111111111";

    private static readonly RepositoryTree Tree = Of("README.md", "src-old", "src.txt", "src/", "src/api.cs", "src/api/", "src/api/a.cs", "src/api/deep/", "src/api/deep/b.CS", "src/z/", "src/z/.env", "srcs", "übersicht/", "übersicht/c.Cs");

    [Theory]
    [InlineData("README.md")]
    [InlineData("src")]
    [InlineData("src-old")]
    [InlineData("srcs")]
    [InlineData("src/api/deep")]
    [InlineData("src/api/deep/b.CS")]
    [InlineData("übersicht/c.Cs")]
    public void A_path_leads_to_its_entry(string path)
    {
        Tree.TryFind(path, out var found).Should().BeTrue();
        found.Path.Should().Be(path);
        Tree.TryFind(Encoding.UTF8.GetBytes(path), out var again).Should().BeTrue();
        again.Should().Be(found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sr")]
    [InlineData("src/")]
    [InlineData("/src")]
    [InlineData("SRC")]
    [InlineData("src/api/a.cs/")]
    [InlineData("\ud800")]
    [InlineData("zzz")]
    public void A_path_that_is_not_there_is_not_found(string path)
    {
        Tree.TryFind(path, out var found).Should().BeFalse();
        found.Should().Be(default(TreeEntry));
    }

    [Theory]
    [InlineData("src/api", "src/api/a.cs|src/api/deep|src/api/deep/b.CS")]
    [InlineData("src/api/", "src/api/a.cs|src/api/deep|src/api/deep/b.CS")]
    [InlineData("src/z", "src/z/.env")]
    [InlineData("übersicht", "übersicht/c.Cs")]
    [InlineData("src/api/a.cs", "")]
    [InlineData("sr", "")]
    [InlineData("/src", "")]
    [InlineData("\udc00", "")]
    public void Below_a_folder_is_all_of_it_and_nothing_else(string folder, string due) =>
        string.Join('|', Tree.Below(folder).Select(entry => entry.Path)).Should().Be(due);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void Below_the_root_is_everything(string root) => Tree.Below(root).Should().Equal(Tree);

    [Theory]
    [InlineData(".cs", "src/api.cs|src/api/a.cs|src/api/deep/b.CS|übersicht/c.Cs")]
    [InlineData("CS", "src/api.cs|src/api/a.cs|src/api/deep/b.CS|übersicht/c.Cs")]
    [InlineData(".md", "README.md")]
    [InlineData(".env", "")]
    [InlineData(".c", "")]
    public void Files_are_found_by_extension(string extension, string due) =>
        Tree.WithExtension(extension).Select(entry => entry.Path).Should().BeEquivalentTo(due.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Only_letters_match_their_capitals()
    {
        var tree = Of("a.c@", "a.c`", "a.é", "a.É", "a.", "a.tar.gz", ".gz", "x/.gz", "gz", "b.gz/");

        tree.WithExtension(".C@").Select(entry => entry.Path).Should().Equal("a.c@");
        tree.WithExtension(".é").Select(entry => entry.Path).Should().Equal("a.é");
        tree.WithExtension(".GZ").Select(entry => entry.Path).Should().Equal("a.tar.gz");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".tar.gz")]
    [InlineData("a/b")]
    public void What_can_be_no_extension_is_refused(string extension) =>
        Tree.Invoking(tree => tree.WithExtension(extension)).Should().Throw<ArgumentException>().WithMessage($"*'{extension}'*");

    [Fact]
    public void Trees_in_any_order_are_searched_alike()
    {
        var names = Gen.Elements("a", "b", "a-", "a.", "a0", "ab", "é", "文", "\ud83d\ude00", "");
        var paths = Gen.NonEmptyListOf(names).Where(parts => parts.Count < 5).Select(parts => string.Join('/', parts));
        var entries = paths.SelectMany(path => Gen.Elements(TreeEntryType.Blob, TreeEntryType.Tree).Select(type => (path, type)));
        Property.Holds(Property.Pairs(Property.Lists(entries), paths.ToArbitrary()), input =>
        {
            var (drawn, wanted) = input;
            TreeEntry[] all = [.. drawn.Select((entry, index) => new TreeEntry(entry.path, entry.type is TreeEntryType.Tree ? "040000" : "100644", entry.type, Id, index))];
            foreach (var tree in new[] { new RepositoryTree("c0ffee", all), new RepositoryTree("c0ffee", Sorted(all)) })
            {
                TreeEntry[] due = [.. tree.Where(entry => entry.Path.Equals(wanted, StringComparison.Ordinal)).OrderBy(entry => entry.Type)];
                tree.TryFind(wanted, out var found).Should().Be(due.Length > 0);
                found.Should().Be(due.FirstOrDefault());

                var folder = wanted.EndsWith('/') ? wanted[..^1] : wanted;
                tree.Below(wanted).Should().Equal(Sorted(tree.Where(entry => folder.Length == 0 || entry.Path.StartsWith(folder + "/", StringComparison.Ordinal))));
                foreach (var entry in tree)
                {
                    tree.TryFind(entry.Path, out found).Should().BeTrue();
                    found.Path.Should().Be(entry.Path);
                }
            }
        });
    }

    [Fact]
    public void Git_lists_trees_in_the_order_that_look_ups_need()
    {
        var served = FakeTree.FromPaths("a-b", "a.b", "a/b", "a/b-c/d", "a/b/c", "a0", "ab/c", "é/x", "Z");
        var tree = Of([.. served.Entries.Select(entry => entry.Type is "tree" ? entry.Path + "/" : entry.Path)]);

        tree.Columns.IsOrdered.Should().BeTrue();
        Of("a0", "a/").Columns.IsOrdered.Should().BeFalse();
    }

    private static TreeEntry[] Sorted(IEnumerable<TreeEntry> entries) =>
        [.. entries.OrderBy(entry => Encoding.UTF8.GetBytes(entry.Type is TreeEntryType.Tree ? entry.Path + "/" : entry.Path), Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other))).ThenBy(entry => entry.Path.Length)];

    /// <summary>A tree of paths; those with a slash at their end are folders.</summary>
    private static RepositoryTree Of(params string[] paths) => new("c0ffee", paths.Select(path => path.EndsWith('/')
        ? new TreeEntry(path[..^1], "040000", TreeEntryType.Tree, Id, null)
        : new TreeEntry(path, "100644", TreeEntryType.Blob, Id, 1)));
}
