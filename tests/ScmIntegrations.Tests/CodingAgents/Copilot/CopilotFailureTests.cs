using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using static ScmIntegrations.CodingAgents.Failures.LaunchFailureType;

namespace ScmIntegrations.Tests.CodingAgents.Copilot;

/// <summary>What a refused launch means for the user of a product, met over HTTP.</summary>
public sealed class CopilotFailureTests
{
    public static TheoryData<Answer, LaunchFailureType, string?, ErrorReason> Refusals => new()
    {
        // Definite reasons first.
        { Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)), RateLimited, null, ErrorReason.SecondaryRateLimit },
        { Answers.PrimaryRateLimit(TimeSpan.FromMinutes(1)), RateLimited, null, ErrorReason.PrimaryRateLimit },
        { Answers.SamlRequired("https://github.com/orgs/acme/sso"), Generic, null, ErrorReason.SamlSsoRequired },
        { Answers.IpAllowList("acme"), Generic, null, ErrorReason.IpAllowList },
        { Answers.InstallationSuspended(), Generic, null, ErrorReason.InstallationSuspended },
        { Answers.UserSuspended(), Generic, null, ErrorReason.UserSuspended },
        { Answers.BadCredentials(), LaunchFailureType.BadCredentials, null, ErrorReason.BadCredentials },
        { Answers.CopilotNotEnabled(), RepositoryNotEnabled, null, ErrorReason.PlanRequired },
        { Answers.PlanRequired(), LaunchFailureType.PlanRequired, null, ErrorReason.PlanRequired },
        { Answers.Text(402), LaunchFailureType.PlanRequired, null, ErrorReason.PlanRequired },
        { Answers.PermissionDenied(message: "Resource not accessible by personal access token"), Generic, null, ErrorReason.TokenPermissionMissing },

        // Copilot's own.
        { Answers.CopilotNotLicensed(), GitHubCopilotNotLicensed, "Copilot license", ErrorReason.LicenseMissing },
        { Answers.GitHubError(400, "not licensed"), GitHubCopilotNotLicensed, "Copilot license", ErrorReason.LicenseMissing },
        { Answers.CopilotInsufficientQuota(), GitHubCopilotInsufficientQuota, "premium request quota", ErrorReason.QuotaExceeded },
        { Answers.Json(412, """{"error":{"message":"Insufficient premium quota to create assignment"}}"""), GitHubCopilotInsufficientQuota, "premium request quota", ErrorReason.QuotaExceeded },

        // Of what remains, a 403 is the installation's.
        { Answers.PermissionDenied(), GitHubAppPermissions, "permissions", ErrorReason.PermissionMissing },
        { Answers.GitHubError(403, "Forbidden"), GitHubAppPermissions, "permissions", ErrorReason.PermissionMissing },
        { Answers.NotFound(), Generic, "{repository}", ErrorReason.NotFound },
        { Answers.Text(412), Generic, null, ErrorReason.Conflict },
        { Answers.GitHubError(422, "Validation Failed"), Generic, null, ErrorReason.ValidationFailed },
        { Answers.Text(403, "<html>blocked</html>", "text/html").WithHeader("X-GitHub-Request-Id", null), Generic, null, ErrorReason.Unknown },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_its_type(Answer answer, LaunchFailureType type, string? words, ErrorReason reason)
    {
        await using var fixture = await CopilotFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Post, CopilotFixture.Tasks).Answer(answer);

        var refused = (await FluentActions.Awaiting(() => fixture.StartTaskAsync()).Should().ThrowAsync<ScmException>()).Which;
        var explained = fixture.Agent.Explain(refused);

        (refused.Reason, explained.Type).Should().Be((reason, type));
        if (words is null)
        {
            explained.Message.Should().BeNull("the error's own words stand");
        }
        else
        {
            explained.Message.Should().Contain(words).And.Contain("{repository}");
        }

        explained.NeededPermissions.Should().Equal(type is GitHubAppPermissions ? ["contents=write"] : []);
        fixture.GitHub.Requests.Should().ContainSingle("a refusal is final");
        fixture.GitHub.CopilotTasks.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_no_refusal_is_generic()
    {
        await using var fixture = await CopilotFixture.StartAsync();

        fixture.Agent.Explain(new InvalidOperationException()).Type.Should().Be(Generic);
        fixture.Agent.Explain(new OperationCanceledException()).Type.Should().Be(Generic);
    }
}
