using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.CodingAgents.Launching;
using ScmIntegrations.Tests.Infrastructure;
using static ScmIntegrations.CodingAgents.CodingAgentCheckResult;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>What can be told before a launch, without one.</summary>
public sealed class CopilotPreflightTests
{
    private static readonly Uri Page = new("https://github.com/organizations/acme/settings/installations/7");

    public static TheoryData<Answer, CodingAgentCheckResult, LaunchFailureType?> Availabilities => new()
    {
        { Answers.CopilotNotEnabled(), Failed, LaunchFailureType.RepositoryNotEnabled },
        { Answers.CopilotNotLicensed(), Failed, LaunchFailureType.GitHubCopilotNotLicensed },
        { Answers.NotFound(), Failed, LaunchFailureType.Generic },
        { Answers.GitHubError(403, "Forbidden"), Failed, LaunchFailureType.GitHubAppPermissions },
        { Answers.BadCredentials(), Failed, LaunchFailureType.BadCredentials },
        { Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)), Unknown, null },
        { Answers.ServerError(), Unknown, null },
        { Answers.Reset(), Unknown, null },
        { Answers.Html200(), Unknown, null },
    };

    [Fact]
    public async Task Where_nothing_stands_in_the_way_a_launch_is_expected_to_succeed()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: Knows(Installation("write")));

        var checks = await CheckAsync(fixture);

        checks.CanLaunch.Should().BeTrue();
        checks.Checks.Select(check => (check.Name, check.Result)).Should().Equal(("credential", Passed), ("repository", Passed), ("permission", Passed), ("availability", Passed));
        fixture.GitHub.CopilotTasks.Should().BeEmpty();
        fixture.GitHub.Requests.Should().OnlyContain(request => request.Method == HttpMethod.Get);
        fixture.Line.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task A_credential_that_is_no_users_fails_and_nothing_is_sent()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.UseToken("ghs_abcdefghijklmnop0123456789"));

        var checks = await CheckAsync(fixture);

        checks.CanLaunch.Should().BeFalse();
        checks.Checks.Select(check => check.Result).Should().Equal(Failed, Unknown, Unknown, Unknown);
        checks.Checks[0].FailureType.Should().Be(LaunchFailureType.BadCredentials);
        checks.Checks[0].Message.Should().Contain("needs a user's authorisation");
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Availabilities))]
    public async Task The_agents_availability_is_asked_by_a_list_of_one(Answer answer, CodingAgentCheckResult result, LaunchFailureType? type)
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: setup => setup.Client = options => options.Resilience.MaxAttempts = 1);
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(answer);

        var check = Of(await CheckAsync(fixture), "availability");

        (check.Result, check.FailureType).Should().Be((result, type));
        fixture.GitHub.Requests.Single(request => request.Fits(HttpMethod.Get, CopilotFixture.Tasks)).Query.Should().Contain("per_page=1&");
    }

    [Fact]
    public async Task A_repository_that_cannot_be_seen_or_is_archived_fails()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.AddRepository("acme/old").IsArchived = true;

        foreach (var (name, words) in new[] { ("acme/none", "404"), ("acme/old", "archived") })
        {
            var checks = await fixture.Agent.CheckAsync(new(name), TestContext.Current.CancellationToken);
            checks.CanLaunch.Should().BeFalse();
            Of(checks, "repository").Should().Match<CodingAgentCheck>(check => check.Result == Failed && check.Message.Contains(words));
        }
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_the_page_that_grants_it()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: Knows(Installation("read")));

        var checks = await CheckAsync(fixture);

        var check = Of(checks, "permission");
        (checks.CanLaunch, check.Result, check.FailureType, check.FixUrl).Should().Be((false, Failed, LaunchFailureType.GitHubAppPermissions, new Uri(Page + "/permissions/update")));
        check.MissingPermissions.Should().Equal("contents=write");
    }

    [Fact]
    public async Task A_refusal_that_names_a_permission_is_not_told_as_another()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, CopilotFixture.Tasks).Answer(Answers.PermissionDenied("agent_tasks=read"));

        Of(await CheckAsync(fixture), "availability").MissingPermissions.Should().Equal("agent_tasks=read");
    }

    [Fact]
    public async Task A_suspended_installation_fails_and_a_page_elsewhere_is_not_shown()
    {
        await using var fixture = await CopilotFixture.StartAsync(setup: Knows(Installation("write") with { SuspendedAt = DateTimeOffset.UnixEpoch, HtmlUrl = new("https://evil.example/") }));

        Of(await CheckAsync(fixture), "permission").Should().Match<CodingAgentCheck>(check => check.Result == Failed && check.FixUrl == null);
    }

    [Fact]
    public async Task A_look_up_that_finds_or_tells_nothing_is_no_verdict()
    {
        await using var none = await CopilotFixture.StartAsync(setup: Knows(null));
        await using var broken = await CopilotFixture.StartAsync(setup: LooksUp(new ScriptedLookup((_, _, _) => throw new InvalidOperationException("secret details"))));

        foreach (var fixture in new[] { none, broken })
        {
            var checks = await CheckAsync(fixture);
            checks.CanLaunch.Should().BeTrue();
            Of(checks, "permission").Should().Match<CodingAgentCheck>(check => check.Result == Unknown && !check.Message.Contains("secret"));
        }
    }

    [Fact]
    public async Task A_caller_who_leaves_is_told_so()
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        using var leaving = new CancellationTokenSource();

        var check = fixture.Agent.CheckAsync(Requests.Api, leaving.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await FluentActions.Awaiting(() => check).Should().ThrowAsync<OperationCanceledException>();
    }

    private static Task<CodingAgentPreflight> CheckAsync(CopilotFixture fixture) => fixture.Agent.CheckAsync(Requests.Api, TestContext.Current.CancellationToken);

    private static CodingAgentCheck Of(CodingAgentPreflight preflight, string name) => preflight.Checks.Single(check => check.Name.Equals(name, StringComparison.Ordinal));

    private static Action<ClientSetup> Knows(GitHubInstallation? installation) => LooksUp(new((_, _, _) => Task.FromResult(installation)));

    private static Action<ClientSetup> LooksUp(ScriptedLookup lookup) => setup => setup.MoreClients = (builder, _) => builder.Services.AddSingleton<IInstallationLookup>(lookup);

    private static GitHubInstallation Installation(string contents) => new()
    {
        Id = 7,
        HtmlUrl = Page,
        PermissionsUrl = new(Page + "/permissions/update"),
        Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = contents },
    };
}
