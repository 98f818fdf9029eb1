using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>The first scan fetches, the next ones do not, and the list of repositories is remembered for minutes.</summary>
public sealed class ScanPassesTests
{
    [Fact]
    public async Task The_first_pass_fetches_and_the_second_sends_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = fixture.AddRepositories(30);
        fixture.AddRepository("acme/empty");

        var first = await fixture.ScanAsync();
        fixture.GitHub.Requests.Should().HaveCount(1 + 1 + 30, "the list, the heads, and a tree for each that has one");
        var second = await fixture.ScanAsync();

        first.Where(result => result.Status is TreeStatus.Fetched).Should().HaveCount(30);
        first.Where(result => result.Status is TreeStatus.Empty).Should().ContainSingle();
        second.Where(result => result.Status is TreeStatus.Cached).Should().HaveCount(30);
        second.Where(result => result.Status is TreeStatus.Empty).Should().ContainSingle();
        second.Should().OnlyContain(result => result.Outcome == null && result.Error == null);
        fixture.GitHub.Requests.Should().HaveCount(1 + 1 + 30);
        foreach (var repository in served)
        {
            var result = second.Single(one => one.Repository == new RepositoryRef(repository.FullName));
            TreeFixture.AsServed(result.Tree!).Should().Equal(repository.Tree!.Entries);
        }

        fixture.Outcomes("list_repositories").Should().Equal("started", "success");
        fixture.Outcomes("get_tree").CountBy(outcome => outcome).Should().BeEquivalentTo(
            new Dictionary<string, int>(StringComparer.Ordinal) { ["started"] = 30, ["success"] = 30 });
    }

    [Fact]
    public async Task The_list_is_read_again_after_five_minutes_and_the_trees_are_not()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        _ = await fixture.ScanAsync();
        fixture.AddRepository("acme/new", FakeTree.Generate(5));

        fixture.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        (await fixture.ScanAsync()).Should().HaveCount(3);
        fixture.Time.Advance(TimeSpan.FromTicks(1));
        var later = await fixture.ScanAsync();

        later.Should().HaveCount(4);
        later.Single(result => result.Status is TreeStatus.Fetched).Repository.Name.Should().Be("new");
        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories).Should().Be(2);
        fixture.TreeRequests.Should().Be(4);
    }

    [Fact]
    public async Task A_list_that_is_not_to_be_remembered_is_read_each_time()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.RepositoryListLifetime = TimeSpan.Zero);
        fixture.AddRepositories(3);

        _ = await fixture.ScanAsync();
        _ = await fixture.ScanAsync();

        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories).Should().Be(2);
        fixture.TreeRequests.Should().Be(3);
    }

    [Fact]
    public async Task Two_sources_are_two_lists()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/one", FakeTree.Generate(5));
        fixture.AddRepository("other/two", FakeTree.Generate(5));

        (await fixture.ScanAsync(new() { Source = RepositorySource.Organization("acme") })).Should().ContainSingle();
        (await fixture.ScanAsync(new() { Source = RepositorySource.Organization("other") })).Should().ContainSingle();
        (await fixture.ScanAsync(new() { Source = RepositorySource.Organization("acme") })).Should().ContainSingle().Which.Status.Should().Be(TreeStatus.Cached);

        fixture.GitHub.Count(HttpMethod.Get, "/orgs/{org}/repos").Should().Be(2);
    }

    [Fact]
    public async Task Archived_repositories_are_read_only_when_asked_for()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/live", FakeTree.Generate(5));
        fixture.AddRepository("acme/old", FakeTree.Generate(5)).IsArchived = true;

        var without = await fixture.ScanAsync();
        var with = await fixture.ScanAsync(new() { IncludeArchived = true });

        without.Select(result => result.Repository.FullName).Should().Equal("acme/live");
        with.Select(result => result.Repository.FullName).Should().BeEquivalentTo("acme/live", "acme/old");
        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories).Should().Be(1, "the list serves both");
    }

    [Fact]
    public async Task No_repositories_is_no_result()
    {
        await using var fixture = await TreeFixture.StartAsync();

        (await fixture.ScanAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Two_scans_at_once_share_one_list_and_one_flight_a_tree()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(20);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.BeforeSend = (_, token) => release.Task.WaitAsync(token);

        var scans = new[] { fixture.ScanAsync(), fixture.ScanAsync() };
        release.SetResult();
        var results = await Task.WhenAll(scans);

        results.Should().OnlyContain(one => one.Count == 20);
        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories).Should().Be(1);
        fixture.TreeRequests.Should().Be(20);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_the_scans_own_error_and_is_not_remembered()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Times(3).Answer(Answers.ServerError(500));

        await fixture.Awaiting(one => one.ScanAsync()).Should().ThrowAsync<ScmServerException>();

        (await fixture.ScanAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task An_incomplete_list_gives_every_result_then_says_so_and_is_not_remembered()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => (options.PageSize, options.MaxPages) = (5, 2));
        fixture.AddRepositories(12);
        var results = new List<TreeScanResult>();
        var scanning = async Task () =>
        {
            await foreach (var result in fixture.Client.ScanTreesAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
                results.Add(result);
            }
        };

        await scanning.Should().ThrowAsync<ScmIncompleteListException>();
        results.Should().HaveCount(10).And.OnlyContain(result => result.Status == TreeStatus.Fetched);
        await scanning.Should().ThrowAsync<ScmIncompleteListException>();

        results.Should().HaveCount(20);
        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories).Should().Be(4);
        fixture.TreeRequests.Should().Be(10);
    }

    [Fact]
    public async Task The_place_in_the_list_does_not_depend_on_the_order_that_GitHub_lists_in()
    {
        var stagger = new ManualStagger();
        await using var fixture = await TreeFixture.StartAsync(options => options.Trees.Stagger = stagger);
        var served = fixture.AddRepositories(4);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(Answers.Json(
            200,
            $"[{string.Join(',', served.Reverse().Select(repository => $$"""{"id":{{repository.Id}},"full_name":"{{repository.FullName}}","default_branch":"main"}"""))}]"));

        _ = await fixture.ScanAsync();

        stagger.Asked.OrderBy(one => one.Index).Select(one => one.Key).Should().Equal(served.Select(repository => $"{repository.Id}@main"));
        stagger.Asked.Select(one => one.Index).Should().BeEquivalentTo([0, 1, 2, 3]);
    }

    [Fact]
    public async Task A_pass_after_the_pointers_have_expired_asks_again()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepositories(3);
        fixture.AddRepository("acme/empty");
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));

        fixture.GitHub.Push("acme/r002", FakeTree.Generate(7));
        fixture.GitHub.ClearRequests();

        var later = await fixture.ScanAsync();

        later.Select(result => result.Status).Should().BeEquivalentTo([TreeStatus.Cached, TreeStatus.Fetched, TreeStatus.Cached, TreeStatus.Empty]);
        later.Should().OnlyContain(result => result.Source == HeadSource.Bulk);
        fixture.GitHub.Requests.Should().HaveCount(3, "the list, the heads, and the one tree that has changed");
    }

    [Fact]
    public async Task A_repository_without_a_default_branch_is_scanned_once()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(5));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(Answers.Json(200, $$"""[{"id":{{repository.Id}},"full_name":"acme/api"}]"""));

        var first = await fixture.ScanAsync();
        var second = await fixture.ScanAsync();

        first.Should().ContainSingle().Which.Status.Should().Be(TreeStatus.Fetched);
        second.Should().ContainSingle().Which.Status.Should().Be(TreeStatus.Cached);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }
}
