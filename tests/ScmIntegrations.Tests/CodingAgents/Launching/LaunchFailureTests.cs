using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

public sealed class LaunchFailureTests
{
    private static readonly LaunchFailureRow[] Rows =
    [
        new(LaunchFailureType.GitHubAppPermissions)
        {
            Statuses = [403],
            Message = "The installation lacks a permission for {repository}.",
            NeededPermissions = ["contents=write"],
            FixUrl = new("https://github.com/settings/installations/"),
        },
        new(LaunchFailureType.CursorGitHubAccess) { Statuses = [400], Words = ["failed to verify * branch"], FixUrl = new("https://github.com/apps/cursor") },
    ];

    [Theory]
    [InlineData(PrimaryRateLimit, 403, LaunchFailureType.RateLimited)]
    [InlineData(SecondaryRateLimit, 403, LaunchFailureType.RateLimited)]
    [InlineData(SecondaryRateLimit, 429, LaunchFailureType.RateLimited)]
    [InlineData(BadCredentials, 401, LaunchFailureType.BadCredentials)]
    [InlineData(CredentialMissing, null, LaunchFailureType.BadCredentials)]
    [InlineData(ReconnectRequired, 401, LaunchFailureType.BadCredentials)]
    [InlineData(PlanRequired, 402, LaunchFailureType.PlanRequired)]
    [InlineData(PlanRequired, 403, LaunchFailureType.PlanRequired)]
    [InlineData(SamlSsoRequired, 403, LaunchFailureType.Generic)]
    [InlineData(IpAllowList, 403, LaunchFailureType.Generic)]
    [InlineData(OauthAppRestricted, 403, LaunchFailureType.Generic)]
    [InlineData(InstallationSuspended, 403, LaunchFailureType.Generic)]
    [InlineData(UserSuspended, 403, LaunchFailureType.Generic)]
    [InlineData(AccountActionRequired, 403, LaunchFailureType.Generic)]
    [InlineData(RepositoryArchived, 403, LaunchFailureType.Generic)]
    [InlineData(RepositoryBlocked, 403, LaunchFailureType.Generic)]
    [InlineData(TokenPermissionMissing, 403, LaunchFailureType.Generic)]
    [InlineData(PermissionMissing, 403, LaunchFailureType.GitHubAppPermissions)]
    [InlineData(Unknown, 403, LaunchFailureType.GitHubAppPermissions)]
    [InlineData(NotFound, 404, LaunchFailureType.Generic)]
    [InlineData(Conflict, 409, LaunchFailureType.Generic)]
    [InlineData(ValidationFailed, 422, LaunchFailureType.Generic)]
    [InlineData(ServerError, 500, LaunchFailureType.Generic)]
    [InlineData(ErrorReason.Transport, null, LaunchFailureType.Generic)]
    [InlineData(ErrorReason.Timeout, null, LaunchFailureType.Generic)]
    public void A_definite_reason_comes_first_and_the_agents_rows_take_what_remains(ErrorReason reason, int? status, LaunchFailureType expected) =>
        LaunchFailureTable.Explain(AgentRig.Error(reason, status), Rows).Type.Should().Be(expected);

    [Theory]
    [InlineData("Copilot is not enabled for this repository", LaunchFailureType.RepositoryNotEnabled)]
    [InlineData("The coding agent has been disabled for the repository", LaunchFailureType.RepositoryNotEnabled)]
    [InlineData("Upgrade to GitHub Copilot Business", LaunchFailureType.PlanRequired)]
    public void A_missing_feature_is_the_repositorys_or_the_plans(string message, LaunchFailureType expected) =>
        LaunchFailureTable.Explain(AgentRig.Error(PlanRequired, 403, message), Rows).Type.Should().Be(expected);

    [Theory]
    [InlineData("400: Failed to verify existence of branch 'main' in acme/api.", 400, LaunchFailureType.CursorGitHubAccess)]
    [InlineData("400: failed to VERIFY the existence of branch", 400, LaunchFailureType.CursorGitHubAccess)]
    [InlineData("500: Failed to verify existence of branch 'main'", 500, LaunchFailureType.Generic)]
    [InlineData("400: Failed to verify. Another branch", 400, LaunchFailureType.Generic)]
    public void A_row_goes_by_status_and_words(string message, int status, LaunchFailureType expected) =>
        LaunchFailureTable.Explain(AgentRig.Error(ValidationFailed, status, message), Rows).Type.Should().Be(expected);

    [Fact]
    public async Task A_missing_permission_names_installation_permission_and_page()
    {
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(ScriptedLookup.Knows(42, "contents", "read")));

        var failure = await FailAsync(rig, AgentRig.Error(PermissionMissing, 403));

        failure.Should().BeEquivalentTo(new { Type = LaunchFailureType.GitHubAppPermissions, InstallationId = 42L, Reason = PermissionMissing });
        failure.MissingPermissions.Should().Equal("contents=write");
        failure.FixUrl.Should().Be(new Uri("https://github.com/organizations/acme/settings/installations/42/permissions/update"));
        failure.Message.Should().Be("The installation lacks a permission for acme/api. Update its permissions to include 'contents:write'.");
    }

    [Fact]
    public async Task What_the_answer_accepts_goes_before_what_the_agent_is_known_to_need()
    {
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(ScriptedLookup.Knows(42, "contents", "write")));
        var refused = ScmException.From(AgentRig.Error(PermissionMissing, 403).Error with { AcceptedPermissions = "contents=write,pull_requests=write" });

        (await FailAsync(rig, refused)).MissingPermissions.Should().Equal("pull_requests=write");
    }

    [Fact]
    public async Task Where_nothing_is_missing_nothing_is_made_up()
    {
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(ScriptedLookup.Knows(42, "contents", "write")));

        var failure = await FailAsync(rig, AgentRig.Error(PermissionMissing, 403));

        failure.MissingPermissions.Should().BeEmpty();
        failure.Message.Should().Contain("covers the repository").And.NotContain("contents:write");
        failure.FixUrl.Should().Be(new Uri("https://github.com/organizations/acme/settings/installations/42"), "there is nothing to grant");
    }

    [Fact]
    public async Task A_suspended_installation_is_told_as_such()
    {
        var suspended = ScriptedLookup.Installation(42, "contents", "read") with { SuspendedAt = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero) };
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(new ScriptedLookup((_, _, _) => Task.FromResult<GitHubInstallation?>(suspended))));

        var failure = await FailAsync(rig, AgentRig.Error(PermissionMissing, 403));

        failure.Should().BeEquivalentTo(new { Type = LaunchFailureType.Generic, InstallationId = 42L, FixUrl = suspended.SettingsUrl });
        failure.Message.Should().Contain("suspended since 2026-03-01");
        (await FailAsync(rig, AgentRig.Error(InstallationSuspended, 403))).FixUrl.Should().Be(suspended.SettingsUrl);
    }

    [Fact]
    public async Task Without_a_look_up_the_page_is_the_list_of_installations()
    {
        await using var rig = new AgentRig();

        var failure = await FailAsync(rig, AgentRig.Error(PermissionMissing, 403));

        failure.Should().BeEquivalentTo(new { InstallationId = (long?)null, FixUrl = new Uri("https://github.com/settings/installations/") });
        failure.MissingPermissions.Should().BeEmpty("nobody knows what it has");
        failure.Message.Should().EndWith("Update its permissions to include 'contents:write'.");
    }

    [Fact]
    public async Task Without_a_look_up_too_what_the_answer_accepts_goes_first()
    {
        await using var rig = new AgentRig();
        var refused = ScmException.From(AgentRig.Error(PermissionMissing, 403).Error with { AcceptedPermissions = "agent_tasks=write" });

        (await FailAsync(rig, refused)).Message.Should().EndWith("Update its permissions to include 'agent_tasks:write'.");
    }

    [Fact]
    public async Task The_application_s_own_installation_is_asked_about_and_stays_when_it_is_not_found()
    {
        long? asked = null;
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(new ScriptedLookup((_, id, _) =>
        {
            asked = id;
            return Task.FromResult<GitHubInstallation?>(null);
        })));
        rig.Agent.Rows = Rows;
        rig.Agent.OnStart = (_, _) => throw AgentRig.Error(PermissionMissing, 403);

        var result = await rig.Launcher.LaunchAsync(rig.Agent, new("Fix it.", [new(new("acme/api")) { InstallationId = 7 }]), cancellationToken: AgentRig.Token);

        asked.Should().Be(7);
        result.Launches[0].Failure!.InstallationId.Should().Be(7);
    }

    [Fact]
    public async Task A_look_up_that_fails_is_a_warning_and_never_fatal()
    {
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(new ScriptedLookup((_, _, _) => throw AgentRig.Error(ServerError, 502, "502 for GET /repos/acme/api/installation"))));

        var launch = await LaunchAsync(rig, AgentRig.Error(PermissionMissing, 403));

        launch.Failure!.Type.Should().Be(LaunchFailureType.GitHubAppPermissions);
        launch.Warnings.Should().ContainSingle().Which.Should().Contain("acme/api").And.Contain("502");
        rig.Reporter.Reports.Should().ContainSingle().Which.Severity.Should().Be(ScmIntegrations.Interactions.FailureSeverity.Warning);
        rig.Outcomes.Should().Contain("find_installation halted");
    }

    [Fact]
    public async Task A_look_up_that_hangs_is_given_up()
    {
        await using var rig = new AgentRig(services => services.AddSingleton<IInstallationLookup>(new ScriptedLookup(async (_, _, _) =>
        {
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            return null;
        })));
        rig.Time.AutoAdvanceUpTo = TimeSpan.FromSeconds(10);

        (await LaunchAsync(rig, AgentRig.Error(PermissionMissing, 403))).Warnings.Should().ContainSingle().Which.Should().Contain("10 s");
    }

    [Fact]
    public async Task An_errors_own_page_goes_before_the_agents()
    {
        await using var rig = new AgentRig();
        var sso = new Uri("https://github.com/orgs/acme/sso?authorization_request=1");

        var failure = await FailAsync(rig, ScmException.From(AgentRig.Error(SamlSsoRequired, 403).Error with { FixUrl = sso }));

        failure.Should().BeEquivalentTo(new { Type = LaunchFailureType.Generic, FixUrl = sso });
    }

    [Fact]
    public async Task A_limit_says_when_to_come_back()
    {
        await using var rig = new AgentRig();
        var later = rig.Time.GetUtcNow() + TimeSpan.FromMinutes(5);

        (await FailAsync(rig, ScmException.From(AgentRig.Error(PrimaryRateLimit, 403).Error with { RetryAt = later }))).RetryAt.Should().Be(later);
    }

    private static async Task<CodingAgentLaunchFailure> FailAsync(AgentRig rig, Exception exception) => (await LaunchAsync(rig, exception)).Failure!;

    private static async Task<CodingAgentLaunch> LaunchAsync(AgentRig rig, Exception exception)
    {
        rig.Agent.Rows = Rows;
        rig.Agent.OnStart = (_, _) => throw exception;
        return (await rig.Launcher.LaunchAsync(rig.Agent, AgentRig.Batch("acme/api"), cancellationToken: AgentRig.Token)).Launches.Single();
    }
}
