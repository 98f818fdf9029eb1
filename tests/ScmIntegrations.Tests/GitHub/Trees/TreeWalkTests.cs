using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Trees that GitHub cuts short are completed folder by folder.</summary>
public sealed class TreeWalkTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Theory]
    [InlineData(999)]
    [InlineData(400)]
    [InlineData(50)]
    [InlineData(1)]
    public async Task A_tree_cut_short_comes_out_whole_and_in_order(int truncateAbove)
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = FakeTree.Generate(1000, seed: 7);
        fixture.AddRepository("acme/api", served).TruncateAbove = truncateAbove;

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
        tree.IsComplete.Should().BeTrue();
        tree.Sha.Should().Be(served.CommitId);
        fixture.TreeRequests.Should().BeGreaterThan(2);
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_folder_that_is_cut_short_too_is_listed_in_turn()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = FakeTree.FromPaths("a/x/1", "a/x/2", "a/y/1", "b/1", "c");
        fixture.AddRepository("acme/api", served).TruncateAbove = 3;

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
        string IdOf(string path) => served.Entries.Single(entry => entry.Path.Equals(path, StringComparison.Ordinal)).Sha;
        fixture.GitHub.Requests.Select(request => request.Target).Should().BeEquivalentTo([
            Target("main", isRecursive: true),
            Target(served.CommitId, isRecursive: false),
            Target(IdOf("a"), isRecursive: true),
            Target(IdOf("a"), isRecursive: false),
            Target(IdOf("a/x"), isRecursive: true),
            Target(IdOf("a/y"), isRecursive: true),
            Target(IdOf("b"), isRecursive: true)]);
    }

    [Fact]
    public async Task Folders_beyond_the_budget_are_named()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxRequestsPerTree = 3);
        fixture.AddRepository("acme/api", FakeTree.FromPaths("a/1", "a/2", "b/1", "c/d/1", "e")).TruncateAbove = 3;

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        tree.IsComplete.Should().BeFalse();
        tree.MissingFolders.Should().Equal("b", "c");
        tree.Select(entry => entry.Path).Should().Equal("a", "a/1", "a/2", "b", "c", "e");
        fixture.TreeRequests.Should().Be(3);
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(60)]
    public async Task What_is_missing_is_exactly_what_is_named(int budget)
    {
        await using var fixture = await TreeFixture.StartAsync(options => options.Trees.MaxRequestsPerTree = budget);
        var served = FakeTree.Generate(1000, seed: 3);
        fixture.AddRepository("acme/api", served).TruncateAbove = 20;

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        tree.IsComplete.Should().BeFalse();
        fixture.TreeRequests.Should().Be(budget);
        var missing = tree.MissingFolders.ToHashSet(StringComparer.Ordinal);
        missing.Should().HaveCount(tree.MissingFolders.Count, "a folder is named once");
        var read = tree.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        served.Entries.Where(entry => !read.Contains(entry.Path)).Should().OnlyContain(entry => Ancestors(entry.Path).Any(missing.Contains));
        TreeFixture.AsServed(tree).Should().BeSubsetOf(served.Entries);
    }

    [Fact]
    public async Task A_push_in_the_middle_does_not_mix_two_commits()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var before = FakeTree.Generate(200, seed: 1);
        fixture.AddRepository("acme/api", before).TruncateAbove = 50;
        var requests = 0;
        fixture.BeforeSend = (_, _) =>
        {
            if (++requests == 2)
            {
                fixture.GitHub.Push("acme/api", FakeTree.Generate(200, seed: 2));
            }

            return Task.CompletedTask;
        };

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(before.Entries);
        tree.Sha.Should().Be(before.CommitId);
    }

    [Fact]
    public async Task A_partial_tree_is_not_cached()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxRequestsPerTree = 3);
        var repository = fixture.AddRepository("acme/api", FakeTree.FromPaths("a/1", "a/2", "b/1", "c"));
        repository.TruncateAbove = 3;

        var partial = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        partial.Tree.IsComplete.Should().BeFalse();
        partial.ExpiresAt.Should().Be(fixture.Time.GetUtcNow(), "it is asked again at once");
        (await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();
        repository.TruncateAbove = 100;
        var whole = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        whole.Tree.IsComplete.Should().BeTrue();
        whole.Status.Should().Be(TreeStatus.Fetched);
        fixture.Outcomes("get_tree").Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task A_tree_completed_by_a_walk_is_cached_like_any_other()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(100)).TruncateAbove = 20;

        var first = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        var requests = fixture.TreeRequests;
        var second = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        second.Tree.Should().BeSameAs(first.Tree);
        fixture.TreeRequests.Should().Be(requests);
    }

    [Fact]
    public async Task A_folder_that_holds_itself_is_not_walked_again()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxRequestsPerTree = 200);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(
            Answers.Json(200, """{"sha":"c0ffee","tree":[{"path":"loop","mode":"040000","type":"tree","sha":"c0ffee"}],"truncated":true}"""));

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        tree.IsComplete.Should().BeFalse();
        fixture.TreeRequests.Should().Be(3);
    }

    [Fact]
    public async Task A_folder_that_fails_twice_is_read_all_the_same()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = FakeTree.FromPaths("a/1", "a/2", "b/1");
        fixture.AddRepository("acme/api", served).TruncateAbove = 3;
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AfterRequests(2).Times(2).Answer(Answers.ServerError(500));

        var tree = await fixture.Client.GetTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        TreeFixture.AsServed(tree).Should().Equal(served.Entries);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_makes_the_tree_incomplete_and_nothing_is_cached()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.FromPaths("a/1", "a/2", "b/1")).TruncateAbove = 3;
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AfterRequests(2).Answer(Answers.NotFound());

        var read = await fixture.Client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

        read.Tree.MissingFolders.Should().Equal([""], "what GitHub gave at first is more than the walk could get");
        (await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();
        fixture.Outcomes("get_tree").Should().Equal("started", "success");
    }

    private static string Target(string id, bool isRecursive) => $"/repos/acme/api/git/trees/{id}{(isRecursive ? "?recursive=1" : "")}";

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }

        yield return "";
    }
}
