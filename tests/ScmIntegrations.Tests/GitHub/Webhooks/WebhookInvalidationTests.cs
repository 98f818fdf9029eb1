using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Webhooks;

/// <summary>An event lifts what it makes untrue, and nothing else.</summary>
public sealed class WebhookInvalidationTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Theory]
    [InlineData("main", "refs/heads/main", true)]
    [InlineData("refs/heads/main", "refs/heads/main", true)]
    [InlineData("heads/main", "refs/heads/main", true)]
    [InlineData("HEAD", "refs/heads/main", true)]
    [InlineData(null, "refs/heads/main", true)]
    [InlineData("main", "refs/heads/other", false)]
    [InlineData("HEAD", "refs/heads/other", false)]
    [InlineData(null, "refs/tags/v1", false)]
    public async Task A_push_lifts_its_ref_under_every_name(string? asked, string pushed, bool isLifted)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        await ReadAsync(fixture, asked);

        await TellAsync(fixture, "push", Deliveries.Push(pushed));

        (await ReadAsync(fixture, asked)).Should().Be(isLifted ? TreeStatus.Fetched : TreeStatus.Cached);
    }

    [Fact]
    public async Task A_pushed_tag_lifts_the_tag()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.GitHub.Push("acme/api", FakeTree.Generate(4), branch: "v1");
        await ReadAsync(fixture, "v1");

        await TellAsync(fixture, "push", Deliveries.Push("refs/tags/v1"));

        (await ReadAsync(fixture, "v1")).Should().Be(TreeStatus.Fetched);
    }

    [Theory]
    [InlineData("create", "v1", "tag", "v1", true)]
    [InlineData("create", "v1", "tag", "tags/v1", true)]
    [InlineData("delete", "v1", "tag", "refs/tags/v1", true)]
    [InlineData("delete", "next", "branch", "next", true)]
    [InlineData("delete", "next", "branch", "heads/next", true)]
    [InlineData("delete", "next", "branch", "refs/heads/next", true)]
    [InlineData("delete", "other", "branch", "next", false)]
    [InlineData("delete", "main", "branch", null, true)]
    [InlineData("delete", "main", "branch", "HEAD", true)]
    [InlineData("delete", "next", "branch", null, false)]
    public async Task A_ref_that_is_made_or_removed_is_lifted_under_every_name(string name, string gitRef, string refType, string? asked, bool isLifted)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.GitHub.When(request => request.Path.StartsWith("/repos/acme/api/git/trees/", StringComparison.Ordinal))
            .Answer(Answers.Json(200, """{"sha":"6113728f27ae82c7b1a177c8d03f9e96e0adf246","tree":[],"truncated":false}"""));
        await ReadAsync(fixture, asked);

        await TellAsync(fixture, name, Deliveries.RefChange(gitRef, refType));

        (await ReadAsync(fixture, asked)).Should().Be(isLifted ? TreeStatus.Fetched : TreeStatus.Cached);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("archived")]
    [InlineData("unarchived")]
    [InlineData("privatized")]
    [InlineData("publicized")]
    [InlineData("transferred")]
    [InlineData("an_action_of_tomorrow")]
    public async Task What_a_scan_was_refused_is_asked_again_after_a_change_of_the_repository(string action)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        var refusal = fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/git/trees/{sha}").Answer(Answers.NotFound());
        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Unavailable);
        refusal.Remove();
        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Skipped, "the refusal is remembered");

        await TellAsync(fixture, "repository", Deliveries.RepositoryChange(action));

        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task A_repository_that_becomes_public_is_asked_about_again()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        await fixture.ScanAsync();

        await TellAsync(fixture, "public", Deliveries.RepositoryChange("publicized"));
        fixture.GitHub.ClearRequests();
        await fixture.ScanAsync();

        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.UserRepositories).Should().Be(1);
        fixture.GitHub.Requests.Should().HaveCount(2, "the list, and where the branch leads");
    }

    public static TheoryData<string, string> NewNames => new()
    {
        { "organization", Deliveries.OrganizationChange("renamed", "acme-corp", """ "changes":{"login":{"from":"acme"}}, """) },
        { "organization", Deliveries.OrganizationChange("deleted") },
        { "installation_target", Deliveries.TargetRenamed("acme", "acme-corp") },
    };

    [Theory]
    [MemberData(nameof(NewNames))]
    public async Task An_account_of_another_name_takes_the_names_of_its_repositories_along(string name, string body)
    {
        var (fixture, _) = await StartInstallationAsync();
        await using var disposing = fixture;
        fixture.AddRepository("acmetwo/api", FakeTree.Generate(3));
        await ReadAsync(fixture, null);
        await fixture.Client.GetCachedTreeAsync(new("acme/web"), cancellationToken: TestContext.Current.CancellationToken);

        await TellAsync(fixture, name, body);

        foreach (var repository in new[] { "acme/api", "acme/web", "ACME/Api" })
        {
            (await fixture.Client.FindCachedTreeAsync(new(repository), "main", TestContext.Current.CancellationToken)).Should().BeNull();
            (await fixture.Client.FindCachedTreeAsync(new(repository), null, TestContext.Current.CancellationToken)).Should().BeNull();
        }
    }

    public static TheoryData<string, string> Members => new()
    {
        { "organization", Deliveries.OrganizationChange("member_removed") },
        { "membership", Deliveries.MembershipChange("removed") },
        { "team", Deliveries.MembershipChange("removed_from_repository") },
        { "member", Deliveries.MemberChange("removed") },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Who_belongs_to_an_organisation_decides_what_a_user_sees(string name, string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.AddRepository("other/api", FakeTree.Generate(3));
        await fixture.ScanAsync();
        fixture.GitHub.RemoveRepository("acme/api");

        await TellAsync(fixture, name, body);

        (await fixture.ScanAsync()).Select(result => (result.Repository.FullName, result.Status)).Should().Equal(("other/api", TreeStatus.Cached));
        (await fixture.Client.FindCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Who_belongs_to_an_organisation_is_nothing_to_its_installation(string name, string body)
    {
        var (fixture, _) = await StartInstallationAsync();
        await using var disposing = fixture;
        await fixture.ScanAsync();
        fixture.GitHub.ClearRequests();

        await TellAsync(fixture, name, body);
        await fixture.ScanAsync();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_list_that_was_under_way_does_not_bring_back_what_a_repository_was()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(3));
        repository.Push(FakeTree.Generate(9), branch: "next");
        fixture.AfterSend = request =>
        {
            if (request.RequestUri!.AbsolutePath is TreeFixture.UserRepositories && repository.DefaultBranch is "main")
            {
                repository.DefaultBranch = "next";
                TellAsync(fixture, "repository", Deliveries.RepositoryChange("edited", """ "changes":{"default_branch":{"from":"main"}}, """)).GetAwaiter().GetResult();
            }
        };
        await fixture.ListAsync();

        var tree = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        tree.Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task An_installation_that_gains_all_repositories_without_naming_one_forgets_every_refusal()
    {
        var (fixture, _) = await StartInstallationAsync();
        await using var disposing = fixture;
        var refusal = fixture.GitHub.When(HttpMethod.Get, "/repos/acme/web/git/trees/{sha}").Answer(Answers.NotFound());
        await fixture.ScanAsync();
        refusal.Remove();

        await TellAsync(fixture, "installation_repositories", Deliveries.RepositoriesChange("added", [], []));

        (await fixture.ScanAsync()).Should().NotContain(result => result.Status == TreeStatus.Skipped);
    }

    [Fact]
    public async Task The_first_push_lifts_what_was_known_of_an_empty_repository_its_default_branch_too()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repository = fixture.AddRepository("acme/api");
        repository.DefaultBranch = "trunk";
        (await ReadAsync(fixture, null)).Should().Be(TreeStatus.Empty);
        (await ReadAsync(fixture, null)).Should().Be(TreeStatus.Empty);
        fixture.TreeRequests.Should().Be(1);

        repository.DefaultBranch = "main";
        repository.Push(FakeTree.Generate(3));
        await TellAsync(fixture, "push", Deliveries.Push(created: true));

        (await ReadAsync(fixture, null)).Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task Another_default_branch_is_read_from_then_on()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(3));
        repository.Push(FakeTree.Generate(9), branch: "next");
        await ReadAsync(fixture, null);
        repository.DefaultBranch = "next";

        (await ReadAsync(fixture, null)).Should().Be(TreeStatus.Cached, "nobody has said anything yet");
        await TellAsync(fixture, "repository", Deliveries.RepositoryChange("edited", """ "changes":{"default_branch":{"from":"main"}}, """));

        var tree = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);
        tree.Tree.Count.Should().Be(9);
    }

    [Fact]
    public async Task A_default_branch_that_was_told_before_it_changed_is_not_believed_after_it()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var repository = fixture.AddRepository("acme/api", FakeTree.Generate(3));
        repository.Push(FakeTree.Generate(9), branch: "next");
        fixture.AfterSend = request =>
        {
            if (request.RequestUri!.AbsolutePath is "/repos/acme/api" && repository.DefaultBranch is "main")
            {
                repository.DefaultBranch = "next";
                TellAsync(fixture, "repository", Deliveries.RepositoryChange("edited", """ "changes":{"default_branch":{"from":"main"}}, """)).GetAwaiter().GetResult();
            }
        };
        await ReadAsync(fixture, null);

        var tree = await fixture.Client.GetCachedTreeAsync(Api, cancellationToken: TestContext.Current.CancellationToken);

        tree.Tree.Should().HaveCount(9);
    }

    [Fact]
    public async Task A_renamed_repository_is_not_found_under_its_old_name_in_the_cache()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/old-api", FakeTree.Generate(3));
        var old = new RepositoryRef("acme/old-api");
        await fixture.Client.GetCachedTreeAsync(old, cancellationToken: TestContext.Current.CancellationToken);
        fixture.GitHub.RenameRepository("acme/old-api", "acme/api");

        await TellAsync(fixture, "repository", Deliveries.RepositoryChange("renamed", """ "changes":{"repository":{"name":{"from":"old-api"}}}, """));

        (await fixture.Client.FindCachedTreeAsync(old, cancellationToken: TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task A_deleted_repository_leaves_the_list_and_the_cache()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.AddRepository("acme/web", FakeTree.Generate(3));
        (await fixture.ScanAsync()).Should().HaveCount(2);
        fixture.GitHub.RemoveRepository("acme/api");

        await TellAsync(fixture, "repository", Deliveries.RepositoryChange("deleted"));

        (await fixture.ScanAsync()).Select(result => (result.Repository.FullName, result.Status)).Should().Equal(("acme/web", TreeStatus.Cached));
        var read = () => ReadAsync(fixture, null);
        await read.Should().ThrowAsync<ScmNotFoundException>();
    }

    [Fact]
    public async Task Repositories_that_an_installation_gains_are_scanned_at_once()
    {
        var (fixture, installation) = await StartInstallationAsync();
        await using var disposing = fixture;
        installation.SelectRepositories(["acme/api"]);
        (await fixture.ScanAsync()).Should().ContainSingle();
        installation.SelectRepositories(["acme/api", "acme/web"]);
        (await fixture.ScanAsync()).Should().ContainSingle("the list is remembered for minutes");

        await TellAsync(fixture, "installation_repositories", Deliveries.RepositoriesChange("added", ["web"], []));

        (await fixture.ScanAsync()).Select(result => (result.Repository.FullName, result.Status)).Should()
            .BeEquivalentTo([("acme/api", TreeStatus.Cached), ("acme/web", TreeStatus.Fetched)]);
    }

    [Fact]
    public async Task Permissions_that_were_accepted_lift_everything_refusals_included()
    {
        var (fixture, _) = await StartInstallationAsync();
        await using var disposing = fixture;
        var refusal = fixture.GitHub.When(HttpMethod.Get, "/repos/acme/web/git/trees/{sha}").Answer(Answers.PermissionDenied());
        (await fixture.ScanAsync()).Should().Contain(result => result.Status == TreeStatus.Unavailable);
        refusal.Remove();
        (await fixture.ScanAsync()).Should().Contain(result => result.Status == TreeStatus.Skipped, "the refusal is remembered");

        await TellAsync(fixture, "installation", Deliveries.InstallationChange("new_permissions_accepted"));

        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task What_was_asked_before_everything_was_lifted_is_not_kept_after_it()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        var (sent, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        fixture.BeforeSend = (_, _) =>
        {
            sent.TrySetResult();
            return go.Task;
        };
        var before = ReadAsync(fixture, "main");
        await sent.Task;

        await TellAsync(fixture, "installation", Deliveries.InstallationChange("unsuspend"));
        go.SetResult();
        await before;

        (await ReadAsync(fixture, "main")).Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task An_event_of_another_installation_has_no_effect()
    {
        var (fixture, _) = await StartInstallationAsync();
        await using var disposing = fixture;
        await ReadAsync(fixture, "main");

        await TellAsync(fixture, "push", Deliveries.Push(installation: """{"id":8}"""));
        (await ReadAsync(fixture, "main")).Should().Be(TreeStatus.Cached);

        await TellAsync(fixture, "push", Deliveries.Push());
        (await ReadAsync(fixture, "main")).Should().Be(TreeStatus.Fetched);

        await TellAsync(fixture, "push", Deliveries.Push(installation: "null"));
        (await ReadAsync(fixture, "main")).Should().Be(TreeStatus.Fetched, "the repository's own webhook names no installation");
    }

    [Theory]
    [InlineData("ping", "{}")]
    [InlineData("issues", """{"action":"opened","repository":{"id":1,"full_name":"acme/api"}}""")]
    public async Task An_event_that_makes_nothing_untrue_lifts_nothing(string name, string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        await ReadAsync(fixture, null);

        await TellAsync(fixture, name, body);

        (await ReadAsync(fixture, null)).Should().Be(TreeStatus.Cached);
    }

    [Fact]
    public async Task A_push_to_a_ref_that_cannot_be_asked_for_does_no_harm()
    {
        await using var fixture = await TreeFixture.StartAsync();

        var tell = () => TellAsync(fixture, "push", Deliveries.Push("refs/heads/..\\\\x y"));

        await tell.Should().NotThrowAsync();
    }

    private static async Task TellAsync(TreeFixture fixture, string name, string body) =>
        await fixture.Client.InvalidateAsync(Deliveries.Accept<GitHubWebhookEvent>(name, body), TestContext.Current.CancellationToken);

    /// <summary>Reads through the cache. What GitHub was asked about is told as fetched, also when it has not moved.</summary>
    private static async Task<TreeStatus> ReadAsync(TreeFixture fixture, string? gitRef)
    {
        var before = fixture.GitHub.Requests.Count;
        var read = await fixture.Client.GetCachedTreeAsync(Api, gitRef, TestContext.Current.CancellationToken);
        return read.Status is TreeStatus.Cached && fixture.GitHub.Requests.Count > before ? TreeStatus.Fetched : read.Status;
    }

    private static async Task<(TreeFixture Fixture, FakeInstallation Installation)> StartInstallationAsync()
    {
        FakeInstallation? made = null;
        var fixture = await TreeFixture.StartAsync((options, github) =>
        {
            made ??= github.AddInstallation(github.AddApp(1, "Iv23liTheApp"), 7, "acme");
            options.UseInstallation(made.App.ClientId, made.App.PrivateKeyPem, 7);
        });
        fixture.AddRepository("acme/api", FakeTree.Generate(3));
        fixture.AddRepository("acme/web", FakeTree.Generate(4));
        return (fixture, made!);
    }
}
