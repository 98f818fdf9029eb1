using System.Text.Json.Nodes;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Trees;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Heads;

/// <summary>What a scan costs when little has changed: the list, and a request for a hundred heads.</summary>
public sealed class BulkHeadsTests
{
    private static readonly HttpMethod Post = HttpMethod.Post;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    public async Task An_unchanged_organisation_costs_a_hundredth_and_no_tree(int repositories, int batches)
    {
        await using var fixture = await StartAsync();
        fixture.AddRepositories(repositories);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();

        var results = await fixture.ScanAsync();

        results.Should().HaveCount(repositories).And.OnlyContain(result => result.Status == TreeStatus.Cached && result.Source == (repositories == 101 ? result.Source : HeadSource.Bulk));
        fixture.TreeRequests.Should().Be(0);
        var lists = fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories);
        (fixture.GitHub.Requests.Count - lists).Should().Be(batches);
    }

    [Fact]
    public async Task Only_pointers_that_are_due_are_asked_for()
    {
        var stagger = new ManualStagger { Lifetime = TimeSpan.FromHours(1) };
        await using var fixture = await StartAsync(stagger);
        fixture.AddRepositories(2);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(30));
        for (var number = 1; number <= 30; number++)
        {
            fixture.AddRepository($"acme/x{number}", FakeTree.Generate(3, number));
        }

        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(30));
        fixture.GitHub.ClearRequests();

        _ = await fixture.ScanAsync();

        var asked = JsonNode.Parse(fixture.GitHub.Find(Post, "/graphql").Should().ContainSingle().Which.Body)!;
        asked["variables"]!["ids"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task Empty_repositories_are_known_without_a_409()
    {
        await using var fixture = await StartAsync();
        fixture.AddRepositories(23);
        fixture.AddRepository("acme/empty1");
        fixture.AddRepository("acme/empty2");

        var results = await fixture.ScanAsync();

        var empty = results.Where(result => result.Status is TreeStatus.Empty);
        empty.Should().HaveCount(2).And.OnlyContain(result => result.Tree!.Count == 0 && result.Source == HeadSource.Bulk && result.Outcome == null && result.Error == null);
        fixture.TreeRequests.Should().Be(23);
        (await fixture.Client.GetCachedTreeAsync(new("acme/empty1"), cancellationToken: TestContext.Current.CancellationToken)).Status.Should().Be(TreeStatus.Empty);
        fixture.TreeRequests.Should().Be(23);
    }

    [Fact]
    public async Task A_few_new_repositories_are_read_without_a_query()
    {
        await using var fixture = await StartAsync();
        fixture.AddRepositories(18);
        fixture.AddRepository("acme/empty");

        _ = await fixture.ScanAsync();

        fixture.GitHub.Count(Post, "/graphql").Should().Be(0, "all that it could spare is the question for the empty one");
        fixture.TreeRequests.Should().Be(19);
    }

    [Fact]
    public async Task A_repository_that_had_commits_is_not_believed_to_be_empty()
    {
        await using var fixture = await StartAsync();
        var repositories = fixture.AddRepositories(2);
        _ = await fixture.ScanAsync();
        repositories[0].Tree = null;
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();

        var results = await fixture.ScanAsync();

        var empty = results.Single(result => result.Repository.Name is "r001");
        (empty.Status, empty.Source).Should().Be((TreeStatus.Empty, HeadSource.Commit), "the 409 decides");
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/r001/commits/{ref}").Should().Be(1);
    }

    [Fact]
    public async Task What_has_moved_is_read_by_its_commit_and_nothing_else_is()
    {
        await using var fixture = await StartAsync();
        fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        var pushed = fixture.GitHub.Push("acme/r007", FakeTree.Generate(9));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();

        var results = await fixture.ScanAsync();

        results.Single(result => result.Status is TreeStatus.Fetched).Tree.Should().HaveCount(9);
        fixture.GitHub.Find(HttpMethod.Get, TreeFixture.Trees).Should().ContainSingle().Which.Path.Should().EndWith(pushed.CommitId);
    }

    [Fact]
    public async Task Another_commit_with_the_same_tree_is_not_read()
    {
        await using var fixture = await StartAsync();
        var repositories = fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        var (before, after) = (repositories[0].CommitSha, repositories[0].Push(repositories[0].Tree!).CommitId);
        after.Should().NotBe(before);
        fixture.GitHub.ClearRequests();

        var results = await fixture.ScanAsync();

        results.Should().OnlyContain(result => result.Status == TreeStatus.Cached);
        fixture.TreeRequests.Should().Be(0);

        // From then on it is compared by the new commit.
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.ClearRequests();
        _ = await fixture.Client.GetCachedTreeAsync(new("acme/r001"), cancellationToken: TestContext.Current.CancellationToken);
        fixture.GitHub.Requests.Should().ContainSingle().Which.Status.Should().Be(304);
    }

    [Fact]
    public async Task What_was_told_before_a_push_arrived_is_not_kept_after_it()
    {
        await using var fixture = await StartAsync();
        fixture.AddRepositories(20);
        var told = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        fixture.BeforeSend = async (request, _) =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                told.TrySetResult();
                await go.Task;
            }
        };
        var scan = fixture.ScanAsync(new() { Concurrency = 1 });
        await told.Task;
        fixture.GitHub.Push("acme/r002", FakeTree.Generate(9));
        await fixture.Client.InvalidateTreeAsync(new("acme/r002"), cancellationToken: TestContext.Current.CancellationToken);
        go.SetResult();

        var results = await scan;

        results.Single(result => result.Repository.Name is "r002").Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task A_head_is_not_used_for_another_branch_that_has_become_the_default()
    {
        await using var fixture = await StartAsync();
        var repositories = fixture.AddRepositories(20);
        repositories[19].Push(FakeTree.Generate(9), "next");
        var (told, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        fixture.BeforeSend = async (request, _) =>
        {
            if (request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                told.TrySetResult();
                await go.Task;
            }
        };
        var scan = fixture.ScanAsync(new() { Concurrency = 1 });
        await told.Task;
        repositories[19].DefaultBranch = "next";
        _ = await fixture.Client.GetRepositoryAsync(new("acme/r020"), TestContext.Current.CancellationToken);
        go.SetResult();
        _ = await scan;

        var next = await fixture.Client.GetCachedTreeAsync(new("acme/r020"), "next", TestContext.Current.CancellationToken);

        next.Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task A_head_that_waited_long_for_its_reader_is_not_used()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger { Lifetime = TimeSpan.FromDays(1) });
        fixture.AddRepositories(30);
        await using var scan = fixture.Client.ScanTreesAsync(new() { Concurrency = 1 }, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await scan.MoveNextAsync()).Should().BeTrue();
        fixture.GitHub.Push("acme/r030", FakeTree.Generate(9));
        await fixture.Client.InvalidateTreeAsync(new("acme/r030"), cancellationToken: TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromHours(2));

        var results = new List<TreeScanResult>();
        while (await scan.MoveNextAsync())
        {
            results.Add(scan.Current);
        }

        results.Single(result => result.Repository.Name is "r030").Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task A_head_is_not_used_again_when_its_pointer_has_expired()
    {
        await using var fixture = await StartAsync(new ManualStagger { Lifetime = TimeSpan.FromMinutes(1) });
        fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        fixture.GitHub.Push("acme/r007", FakeTree.Generate(9));

        var results = await fixture.ScanAsync();

        results.Single(result => result.Repository.Name is "r007").Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task What_was_told_before_a_later_reading_does_not_undo_it()
    {
        await using var fixture = await StartAsync();
        fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.AfterSend = request =>
        {
            if (request.RequestUri!.AbsolutePath is "/graphql")
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                fixture.GitHub.Push("acme/r007", FakeTree.Generate(9));
                fixture.Client.GetCachedTreeAsync(new("acme/r007"), "main", TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            }
        };

        _ = await fixture.ScanAsync();

        var kept = await fixture.Client.FindCachedTreeAsync(new("acme/r007"), cancellationToken: TestContext.Current.CancellationToken);
        kept!.Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.BulkHeads = false);
        fixture.AddRepositories(5);

        _ = await fixture.ScanAsync();

        fixture.GitHub.Count(Post, "/graphql").Should().Be(0);
        fixture.TreeRequests.Should().Be(5);
    }

    private static Task<TreeFixture> StartAsync(ManualStagger? stagger = null) =>
        TreeFixture.StartAsync(options => options.Trees.Stagger = stagger ?? new ManualStagger());
}
