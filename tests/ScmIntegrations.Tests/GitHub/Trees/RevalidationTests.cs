using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Only where a ref leads ages. A tree is read once, however many refs reach it and however often they are asked for.</summary>
public sealed class RevalidationTests
{
    private const string Commit = "/repos/{owner}/{repo}/commits/{ref}";
    private static readonly RepositoryRef Api = new("acme/api");

    [Fact]
    public async Task A_branch_that_has_not_moved_is_a_304_and_free()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var first = await ReadAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();
        var before = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining;

        var second = await ReadAsync(fixture);

        second.Tree.Should().BeSameAs(first.Tree);
        (second.Status, second.Source).Should().Be((TreeStatus.Cached, HeadSource.Commit));
        second.FetchedAt.Should().Be(fixture.Time.GetUtcNow());
        var request = fixture.GitHub.Requests.Should().ContainSingle().Which;
        request.Status.Should().Be(304);
        request.Headers["If-None-Match"].Should().Be($"\"{repository.CommitSha}\"", "the tag is the commit, which no renewal of a token voids");
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining.Should().BeGreaterThanOrEqualTo(before);
        fixture.Outcomes("get_tree").Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task A_branch_that_has_moved_is_read_by_the_commit_it_moved_to()
    {
        await using var fixture = await StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture);
        var pushed = fixture.GitHub.Push("acme/api", FakeTree.Generate(30));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();

        var second = await ReadAsync(fixture);

        second.Status.Should().Be(TreeStatus.Fetched);
        second.Tree.Sha.Should().Be(pushed.CommitId);
        fixture.GitHub.Requests.Select(request => request.Path).Should().Equal("/repos/acme/api/commits/main", $"/repos/acme/api/git/trees/{pushed.CommitId}");
    }

    [Fact]
    public async Task A_branch_that_moved_back_needs_no_tree()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var old = repository.CommitSha!;
        _ = await ReadAsync(fixture);
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        _ = await ReadAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.When(HttpMethod.Get, Commit).Answer(Answers.Text(200, old));
        fixture.GitHub.ClearRequests();

        (await ReadAsync(fixture)).Tree.Should().HaveCount(20);

        fixture.TreeRequests.Should().Be(0);
    }

    [Fact]
    public async Task Branches_of_one_commit_share_one_tree_and_one_request()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        var release = repository.Push(FakeTree.Generate(21));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/commits/release").Answer(Answers.Text(200, release.CommitId));

        var main = await ReadAsync(fixture);
        var other = await ReadAsync(fixture, "release");
        var byId = await ReadAsync(fixture, release.CommitId);

        other.Tree.Should().BeSameAs(main.Tree);
        byId.Tree.Should().BeSameAs(main.Tree);
        fixture.TreeRequests.Should().Be(1);
    }

    [Fact]
    public async Task A_repository_that_lost_its_commits_is_empty_by_the_word_of_the_409()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture);
        repository.Tree = null;
        fixture.Time.Advance(TimeSpan.FromHours(1));

        var second = await ReadAsync(fixture);

        (second.Status, second.Source).Should().Be((TreeStatus.Empty, HeadSource.Commit));
        fixture.Outcomes("get_tree").Should().Equal("started", "success", "started", "halted");
        (await ReadAsync(fixture)).Status.Should().Be(TreeStatus.Empty);
    }

    [Fact]
    public async Task A_branch_that_is_gone_is_not_found()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        repository.Push(FakeTree.Generate(5), "next");
        _ = await ReadAsync(fixture, "next");
        repository.DeleteBranch("next");
        fixture.Time.Advance(TimeSpan.FromHours(1));

        await fixture.Awaiting(one => ReadAsync(one, "next")).Should().ThrowAsync<ScmNotFoundException>();
    }

    [Fact]
    public async Task A_tag_of_a_tree_which_leads_to_no_commit_is_read_whatever_else_is_kept()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/commits/v1").Answer(Answers.GitHubError(422, "No commit found for SHA: v1"));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/git/trees/v1").Answer(Answers.Json(200, $$"""{"sha":"{{repository.TreeSha}}","tree":[],"truncated":false}"""));
        _ = await ReadAsync(fixture);

        (await ReadAsync(fixture, "v1")).Status.Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task An_id_is_asked_again_when_its_time_is_over_because_access_can_have_ended()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture, repository.CommitSha!);
        (await ReadAsync(fixture, repository.CommitSha!)).Status.Should().Be(TreeStatus.Cached);
        fixture.Time.Advance(TimeSpan.FromHours(1));

        (await ReadAsync(fixture, repository.CommitSha!)).Status.Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task One_credentials_tree_is_not_anothers()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture);

        _ = await fixture.Second.GetCachedTreeAsync(Api, repository.CommitSha!, TestContext.Current.CancellationToken);

        fixture.TreeRequests.Should().Be(2);
    }

    [Fact]
    public async Task A_server_whose_answers_name_the_tree_and_not_the_commit_costs_one_reading_more_and_no_other()
    {
        await using var fixture = await StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(20));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/git/trees/main").Answer(Answers.Json(200, $$"""{"sha":"{{repository.TreeSha}}","tree":[],"truncated":false}"""));
        _ = await ReadAsync(fixture);

        for (var day = 0; day < 3; day++)
        {
            fixture.Time.Advance(TimeSpan.FromHours(1));
            _ = await ReadAsync(fixture);
        }

        fixture.TreeRequests.Should().Be(2);
    }

    private static Task<TreeFixture> StartAsync() => TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());

    private static Task<CachedTree> ReadAsync(TreeFixture fixture, string gitRef = "main") => fixture.Client.GetCachedTreeAsync(Api, gitRef, TestContext.Current.CancellationToken);
}
