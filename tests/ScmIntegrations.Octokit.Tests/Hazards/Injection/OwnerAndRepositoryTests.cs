using Octokit;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Injection;

/// <summary>Path traversal and query injection in owner and repository.</summary>
public sealed class OwnerAndRepositoryTests
{
    public static TheoryData<string> Names => HostileValues.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_repository_is_refused_before_anything_is_sent(string value)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        foreach (var call in Calls("acme", value))
        {
            await FluentActions.Awaiting(() => fixture.RunAsync(call)).Should().ThrowAsync<ArgumentException>();
        }

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_owner_is_refused_before_anything_is_sent(string value)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        foreach (var call in Calls(value, "api").Concat(CallsForAccount(value)))
        {
            await FluentActions.Awaiting(() => fixture.RunAsync(call)).Should().ThrowAsync<ArgumentException>();
        }

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task The_client_outside_of_RunAsync_refuses_as_well()
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await FluentActions.Awaiting(() => fixture.Direct.Repository.Get("acme", "../../user")).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => fixture.Direct.Repository.Get("acme", "x?admin=1")).Should().ThrowAsync<ArgumentException>();

        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("acme", "api")]
    [InlineData("acme", ".github")]
    [InlineData("a", "b.c-d_e")]
    [InlineData("acme-2", "with.dots...and-hyphens")]
    [InlineData("octocat_acme", "x..y")]
    public async Task A_name_that_GitHub_gives_is_taken(string owner, string name)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(200, Payloads.Repository($"{owner}/{name}")));

        (await fixture.RunAsync(octokit => octokit.Repository.Get(owner, name))).Name.Should().Be(name);

        fixture.GitHub.Requests.Should().ContainSingle().Which.Target.Should().Be($"/repos/{owner}/{name}");
    }

    [Theory]
    [InlineData("../../user", "/user")]
    [InlineData("x?admin=1", "/repos/acme/x?admin=1")]
    public async Task Plain_Octokit_sends_the_token_to_another_path_or_query(string name, string target)
    {
        await using var fixture = await OctokitFixture.StartAsync();

        await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", name));

        var request = fixture.GitHub.Requests.Should().ContainSingle().Subject;
        request.Target.Should().Be(target);
        request.Token.Should().Be(PlainOctokit.Token);
    }

    private static IEnumerable<Func<IGitHubClient, Task>> Calls(string owner, string name) =>
    [
        octokit => octokit.Repository.Get(owner, name),
        octokit => octokit.Repository.Delete(owner, name),
        octokit => octokit.Issue.GetAllForRepository(owner, name),
        octokit => octokit.Issue.Create(owner, name, new NewIssue("title")),
        octokit => octokit.Repository.Content.GetAllContents(owner, name, "README.md"),
        octokit => octokit.PullRequest.Merge(owner, name, 1, new MergePullRequest()),
        octokit => octokit.Git.Tree.GetRecursive(owner, name, "main"),
        octokit => octokit.Actions.Workflows.List(owner, name),
    ];

    private static IEnumerable<Func<IGitHubClient, Task>> CallsForAccount(string value) =>
    [
        octokit => octokit.Organization.Get(value),
        octokit => octokit.User.Get(value),
        octokit => octokit.Repository.GetAllForOrg(value),
        octokit => octokit.Repository.GetAllForUser(value),
        octokit => octokit.Organization.Member.GetAll(value),
        octokit => octokit.GitHubApps.GetOrganizationInstallationForCurrent(value),
    ];
}
