using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>What shares an entry of the cache, and what does not.</summary>
public sealed class CachedTreeKeyTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    // More than the five minutes that a list of repositories is remembered.
    private static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Two_refs_to_one_commit_share_one_tree()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = fixture.AddRepository("acme/api", FakeTree.Generate(20)).Tree!;
        fixture.GitHub.Repository("acme/api").DefaultBranch = "main";

        _ = await ReadAsync(fixture, "main");
        _ = await ReadAsync(fixture, "refs/heads/main");
        _ = await ReadAsync(fixture, served.CommitId);
        var all = new[] { await ReadAsync(fixture, "main"), await ReadAsync(fixture, "refs/heads/main"), await ReadAsync(fixture, served.CommitId) };

        all.Select(cached => cached.Tree).Distinct().Should().ContainSingle();
        fixture.TreeRequests.Should().Be(1, "the other ref is asked for its commit, and an id needs nobody to say where it leads");
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Two_refs_to_two_commits_are_kept_apart()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30), "next");

        _ = await ReadAsync(fixture, "main");

        (await ReadAsync(fixture, "next")).Tree.Should().HaveCount(30);
        (await ReadAsync(fixture, "main")).Tree.Should().HaveCount(20);
    }

    [Fact]
    public async Task A_ref_is_told_apart_by_its_case_and_a_repository_is_not()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        fixture.GitHub.Push("acme/api", FakeTree.Generate(30), "MAIN");
        _ = await ReadAsync(fixture, "main");

        (await ReadAsync(fixture, "MAIN")).Tree.Should().HaveCount(30);
        (await fixture.Client.GetCachedTreeAsync(new("ACME/Api"), "main", TestContext.Current.CancellationToken)).Status.Should().Be(TreeStatus.Cached);
    }

    [Fact]
    public async Task Two_credentials_do_not_see_each_others_trees()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await ReadAsync(fixture, "main");

        (await fixture.Second.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();
        (await fixture.Second.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Status.Should().Be(TreeStatus.Fetched);

        fixture.GitHub.Requests.Select(request => request.Token).Should().Equal("ghp_first", "ghp_second");
    }

    [Fact]
    public async Task A_read_by_name_after_a_scan_asks_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await fixture.ScanAsync();
        fixture.GitHub.ClearRequests();

        var byDefault = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        var byBranch = await ReadAsync(fixture, "main");

        byDefault.Status.Should().Be(TreeStatus.Cached);
        byBranch.Tree.Should().BeSameAs(byDefault.Tree);
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_scan_after_a_read_by_name_asks_for_no_tree()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        var result = (await fixture.ScanAsync()).Should().ContainSingle().Subject;

        result.Status.Should().Be(TreeStatus.Cached);
        fixture.TreeRequests.Should().Be(1);
    }

    [Fact]
    public async Task A_renamed_repository_is_asked_for_once_more_because_its_name_can_pass_to_another()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/old", FakeTree.Generate(20));
        _ = await fixture.ScanAsync();
        fixture.GitHub.RenameRepository("acme/old", "acme/new");
        fixture.Time.Advance(ListLifetime);

        var result = (await fixture.ScanAsync()).Should().ContainSingle().Subject;

        result.Repository.Should().Be(new RepositoryRef("acme/new"));
        result.Status.Should().Be(TreeStatus.Fetched);
        (await fixture.ScanAsync()).Should().ContainSingle(again => again.Status == TreeStatus.Cached);
        fixture.TreeRequests.Should().Be(2);
    }

    [Fact]
    public async Task A_repository_made_anew_under_an_old_name_does_not_get_the_old_tree()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(20));
        _ = await fixture.ScanAsync();
        fixture.GitHub.RemoveRepository("acme/api");
        fixture.AddRepository("acme/api", FakeTree.Generate(30));
        fixture.Time.Advance(ListLifetime);

        var result = (await fixture.ScanAsync()).Should().ContainSingle().Subject;

        result.Status.Should().Be(TreeStatus.Fetched);
        result.Tree.Should().HaveCount(30);
    }

    [Fact]
    public async Task A_repository_asked_for_by_its_old_name_is_cached()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/old", FakeTree.Generate(20));
        fixture.GitHub.RenameRepository("acme/old", "acme/new");
        _ = await fixture.Client.GetCachedTreeAsync(new("acme/old"), cancellationToken: TestContext.Current.CancellationToken);
        fixture.GitHub.ClearRequests();

        var again = await fixture.Client.GetCachedTreeAsync(new("acme/old"), cancellationToken: TestContext.Current.CancellationToken);
        var byNewName = await fixture.Client.GetCachedTreeAsync(new("acme/new"), cancellationToken: TestContext.Current.CancellationToken);

        again.Status.Should().Be(TreeStatus.Cached);
        byNewName.Tree.Should().BeSameAs(again.Tree);
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repository_without_a_default_branch_is_cached(bool isEmpty)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", isEmpty ? null : FakeTree.Generate(20));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Description).Answer(Answers.Json(200, """{"id":1,"full_name":"acme/api","default_branch":null}"""));

        _ = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        var again = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        again.Status.Should().Be(isEmpty ? TreeStatus.Empty : TreeStatus.Cached);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    private static Task<CachedTree> ReadAsync(TreeFixture fixture, string gitRef) => fixture.Client.GetCachedTreeAsync(Api, gitRef, TestContext.Current.CancellationToken);
}
