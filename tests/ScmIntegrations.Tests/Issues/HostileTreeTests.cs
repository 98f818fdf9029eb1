using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Issues;

/// <summary>Servers that lie about the folders of a truncated tree.</summary>
public sealed class HostileTreeTests
{
    private const string Root = """{"sha":"aa00000000000000000000000000000000000000","truncated":true,"tree":[{"path":"src","mode":"040000","type":"tree","sha":"bb00000000000000000000000000000000000000"},{"path":"a.txt","mode":"100644","type":"blob","sha":"cc00000000000000000000000000000000000000","size":1}]}""";

    [Theory]
    [InlineData(409, "Git Repository is empty.")]
    [InlineData(409, "Something else")]
    [InlineData(404, "Not Found")]
    public async Task A_folder_that_cannot_be_read_makes_the_tree_incomplete_and_never_the_repository_empty(int status, string message)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r/git/trees/bb00000000000000000000000000000000000000").Answer(Answers.GitHubError(status, message));

        var tree = await fixture.Client.GetCachedTreeAsync(new("acme/r"), "main", TestContext.Current.CancellationToken);

        tree.Status.Should().Be(TreeStatus.Fetched);
        tree.Tree.IsComplete.Should().BeFalse();
        tree.Tree.MissingFolders.Should().Equal("src");
        tree.Tree.Select(entry => entry.Path).Should().Equal("src", "a.txt");
        (await fixture.Client.FindCachedTreeAsync(new("acme/r"), "main", TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task A_folder_that_contains_itself_is_not_walked_for_ever()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r/git/trees/bb00000000000000000000000000000000000000")
            .Answer(Answers.Json(200, Root.Replace("aa0", "bb0", StringComparison.Ordinal)));

        var tree = await fixture.Client.GetTreeAsync(new("acme/r"), "main", TestContext.Current.CancellationToken);

        tree.IsComplete.Should().BeFalse();
        fixture.TreeRequests.Should().BeLessThan(10);
    }

    [Fact]
    public async Task Completing_a_tree_in_a_scan_leaves_the_floor_of_requests_to_others()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/r", FakeTree.Generate(2000)).TruncateAbove = 10;
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 210;

        var tree = (await fixture.ScanAsync()).Should().ContainSingle().Which.Tree!;

        tree.IsComplete.Should().BeFalse();
        tree.Count.Should().BeGreaterThan(0);
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining.Should().BeGreaterThanOrEqualTo(200);
    }

    [Fact]
    public async Task Completing_a_tree_that_somebody_waits_for_goes_on_until_nothing_is_left()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/r", FakeTree.Generate(2000)).TruncateAbove = 10;
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 210;

        var tree = await fixture.Client.GetTreeAsync(new("acme/r"), "main", TestContext.Current.CancellationToken);

        tree.IsComplete.Should().BeFalse();
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining.Should().Be(0);
        fixture.GitHub.Requests.Should().OnlyContain(request => request.Status == 200, "the limit itself was never met");
    }

    private static async Task<TreeFixture> StartAsync()
    {
        var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/r", FakeTree.Generate(5));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r/git/trees/main").Answer(Answers.Json(200, Root));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r/git/trees/aa00000000000000000000000000000000000000")
            .Answer(Answers.Json(200, Root.Replace("true", "false", StringComparison.Ordinal)));

        return fixture;
    }
}
