using System.Net;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Errors;

/// <summary>For each status and kind of refusal: our exception, its reason, and Octokit's as the cause.</summary>
public sealed class StatusTests
{
    private const string Sso = "https://github.com/orgs/acme/sso?authorization_request=A1";

    public static TheoryData<Answer, Type, ErrorReason, Type> Reads => new()
    {
        { Answers.GitHubError(400, "Problems parsing JSON"), typeof(ScmValidationException), ErrorReason.ValidationFailed, typeof(ApiException) },
        { Answers.BadCredentials(), typeof(ScmUnauthorizedException), ErrorReason.BadCredentials, typeof(AuthorizationException) },
        { Answers.RequiresAuthentication(), typeof(ScmUnauthorizedException), ErrorReason.CredentialMissing, typeof(AuthorizationException) },
        { Answers.GitHubError(401, "Must specify two-factor authentication OTP code.").WithHeader("X-GitHub-OTP", "required; app"), typeof(ScmUnauthorizedException), ErrorReason.BadCredentials, typeof(TwoFactorRequiredException) },
        { Answers.GitHubError(402, "Payment required"), typeof(ScmForbiddenException), ErrorReason.PlanRequired, typeof(ApiException) },
        { Answers.PermissionDenied(), typeof(ScmPermissionException), ErrorReason.PermissionMissing, typeof(ForbiddenException) },
        { Answers.PermissionDenied(message: "Resource not accessible by personal access token"), typeof(ScmPermissionException), ErrorReason.TokenPermissionMissing, typeof(ForbiddenException) },
        { Answers.SamlRequired(Sso), typeof(ScmPermissionException), ErrorReason.SamlSsoRequired, typeof(ForbiddenException) },
        { Answers.IpAllowList("acme"), typeof(ScmForbiddenException), ErrorReason.IpAllowList, typeof(ForbiddenException) },
        { Answers.InstallationSuspended(), typeof(ScmInstallationException), ErrorReason.InstallationSuspended, typeof(ForbiddenException) },
        { Answers.GitHubError(403, "Maximum number of login attempts exceeded. Please try again later."), typeof(ScmForbiddenException), ErrorReason.LoginLockedOut, typeof(LoginAttemptsExceededException) },
        { Answers.BlobTooLarge(), typeof(ScmForbiddenException), ErrorReason.BlobTooLarge, typeof(ForbiddenException) },
        { Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)), typeof(ScmRateLimitException), ErrorReason.PrimaryRateLimit, typeof(RateLimitExceededException) },
        { Answers.GitHubError(403, "No.").WithHeader("x-ratelimit-remaining", "0"), typeof(ScmRateLimitException), ErrorReason.PrimaryRateLimit, typeof(ForbiddenException) },
        { Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)), typeof(ScmRateLimitException), ErrorReason.SecondaryRateLimit, typeof(SecondaryRateLimitExceededException) },
        { Answers.GitHubError(403, "You have triggered an abuse detection mechanism."), typeof(ScmRateLimitException), ErrorReason.SecondaryRateLimit, typeof(AbuseException) },
        { Answers.NotFound(), typeof(ScmNotFoundException), ErrorReason.NotFound, typeof(NotFoundException) },
        { Answers.GitHubError(405, "Pull Request is not mergeable"), typeof(ScmNotAllowedException), ErrorReason.NotAllowed, typeof(ApiException) },
        { Answers.GitHubError(406, "No such media type"), typeof(ScmValidationException), ErrorReason.ValidationFailed, typeof(ApiException) },
        { Answers.EmptyRepository(), typeof(ScmEmptyRepositoryException), ErrorReason.EmptyRepository, typeof(ApiException) },
        { Answers.Conflict("Merge conflict"), typeof(ScmConflictException), ErrorReason.Conflict, typeof(ApiException) },
        { Answers.GitHubError(410, "Issues are disabled for this repo"), typeof(ScmGoneException), ErrorReason.Gone, typeof(ApiException) },
        { Answers.GitHubError(412, "Precondition failed"), typeof(ScmConflictException), ErrorReason.Conflict, typeof(ApiException) },
        { Answers.GitHubError(418, "I'm a teapot"), typeof(ScmException), ErrorReason.Unknown, typeof(ApiException) },
        { Answers.GitHubError(422, "Validation Failed"), typeof(ScmValidationException), ErrorReason.ValidationFailed, typeof(ApiValidationException) },
        { Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1), status: 429), typeof(ScmRateLimitException), ErrorReason.SecondaryRateLimit, typeof(ApiException) },
        { Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5), status: 429), typeof(ScmRateLimitException), ErrorReason.PrimaryRateLimit, typeof(ApiException) },
        { Answers.LegalBlock(), typeof(ScmBlockedException), ErrorReason.LegalBlock, typeof(LegalRestrictionException) },
        { Answers.GitHubError(500, "Server Error"), typeof(ScmServerException), ErrorReason.ServerError, typeof(ApiException) },
        { Answers.GitHubError(501, "Not implemented"), typeof(ScmServerException), ErrorReason.ServerError, typeof(ApiException) },
        { Answers.ServerError(502), typeof(ScmServerException), ErrorReason.ServerError, typeof(ApiException) },
        { Answers.ServerError(503), typeof(ScmServerException), ErrorReason.ServerError, typeof(ApiException) },
        { Answers.ServerError(504), typeof(ScmServerException), ErrorReason.ServerError, typeof(ApiException) },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_refused_read_has_our_type_and_reason_and_Octokits_exception_as_its_cause(Answer answer, Type type, ErrorReason reason, Type octokits)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(answer);

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmException>()).Which;

        error.Should().BeOfType(type);
        error.Reason.Should().Be(reason);
        error.Origin.Should().Be(ErrorOrigin.GitHub);
        error.RequestId.Should().NotBeNullOrEmpty();
        error.InnerException.Should().BeOfType(octokits);
        error.Status.Should().Be(((ApiException)error.InnerException!).StatusCode);
        fixture.Counted.Should().Equal(("test", "started"), ("test", error.IsExpected ? "halted" : "failure"));
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Outside_of_RunAsync_Octokits_exception_comes_and_ToScmException_says_the_same(Answer answer, Type type, ErrorReason reason, Type octokits)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(answer);

        var exception = (await fixture.Awaiting(one => one.Direct.Repository.Get("acme", "api")).Should().ThrowAsync<ApiException>()).Which;

        exception.Should().BeOfType(octokits);
        var error = exception.ToScmException();
        error.Should().BeOfType(type);
        error.Reason.Should().Be(reason);
        error.InnerException.Should().BeSameAs(exception);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_write_that_met_a_5xx_is_ambiguous(int status)
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(status));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Should().ThrowAsync<ScmAmbiguousWriteException>()).Which;

        error.Status.Should().Be((HttpStatusCode)status);
        error.InnerException.Should().BeOfType<ApiException>();
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_transport_error()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Reset());

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmTransportException>()).Which;

        error.Origin.Should().Be(ErrorOrigin.Transport);
        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.Reporter.Reports.Should().ContainSingle().Which.Exception.Should().BeSameAs(error);
    }

    [Fact]
    public async Task What_a_refused_permission_needs_is_kept()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PermissionDenied("contents=write; issues=write"));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmPermissionException>()).Which;

        error.AcceptedPermissions.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_complaints_of_a_refused_write_are_kept_on_both_sides()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}]}"""));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Issue.Create("acme", "api", new NewIssue("title")))).Should().ThrowAsync<ScmValidationException>()).Which;

        error.Error.ValidationErrors.Should().ContainSingle().Which.Should().Contain("title");
        error.InnerException.Should().BeOfType<ApiValidationException>().Which.ApiError.Errors.Should().ContainSingle().Which.Field.Should().Be("title");
    }

    [Fact]
    public async Task Errors_that_are_plain_texts_are_kept_on_both_sides()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(422, """{"message":"Validation Failed","errors":["Could not resolve to a node"]}"""));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmValidationException>()).Which;

        error.Error.ValidationErrors.Should().ContainSingle().Which.Should().Contain("resolve");
        error.InnerException.Should().BeOfType<ApiValidationException>().Which.ApiError.Errors[0].Message.Should().Contain("resolve");
        error.InnerException!.Message.Should().Be("Validation Failed");
    }
}
