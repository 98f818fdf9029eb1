using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>What Cursor's errors mean, code by code and status by status, met over HTTP.</summary>
public sealed class CursorErrorTests
{
    private const string Agent = "/v1/agents/{id}";

    public static TheoryData<string, ErrorReason> Codes => new()
    {
        { "unauthorized", ErrorReason.BadCredentials },
        { "api_key_not_found", ErrorReason.BadCredentials },
        { "plan_required", ErrorReason.PlanRequired },
        { "feature_unavailable", ErrorReason.PlanRequired },
        { "role_forbidden", ErrorReason.PermissionMissing },
        { "validation_error", ErrorReason.ValidationFailed },
        { "missing_body", ErrorReason.ValidationFailed },
        { "invalid_last_event_id", ErrorReason.ValidationFailed },
        { "agent_not_found", ErrorReason.NotFound },
        { "run_not_found", ErrorReason.NotFound },
        { "agent_busy", ErrorReason.Conflict },
        { "agent_archived", ErrorReason.Conflict },
        { "run_not_cancellable", ErrorReason.Conflict },
        { "agent_id_conflict", ErrorReason.Conflict },
        { "rate_limit_exceeded", ErrorReason.SecondaryRateLimit },
        { "stream_expired", ErrorReason.Gone },
        { "stream_unavailable", ErrorReason.ServerError },
        { "upstream_error", ErrorReason.ServerError },
        { "internal_error", ErrorReason.ServerError },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_code_decides_whatever_its_status(string code, ErrorReason reason)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Resilience.MaxAttempts = 1);
        rig.Cursor.When(HttpMethod.Get, Agent).AnswerInTurn(Answers.CursorError(418, code, "Said so."), Answers.CursorError(400, code.ToUpperInvariant(), "Said so."));

        for (var i = 0; i < 2; i++)
        {
            var error = await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation));
            error.Reason.Should().Be(reason);
            error.Origin.Should().Be(ErrorOrigin.Platform);
        }
    }

    [Fact]
    public void Every_code_has_a_test() =>
        CursorErrorTable.Rows.SelectMany(row => row.Codes).Should().OnlyHaveUniqueItems().And.BeEquivalentTo(Codes.Select(row => row.Data.Item1));

    [Theory]
    [InlineData(400, typeof(ScmValidationException))]
    [InlineData(401, typeof(ScmUnauthorizedException))]
    [InlineData(402, typeof(ScmForbiddenException))]
    [InlineData(403, typeof(ScmPermissionException))]
    [InlineData(404, typeof(ScmNotFoundException))]
    [InlineData(405, typeof(ScmNotAllowedException))]
    [InlineData(408, typeof(ScmTransportException))]
    [InlineData(409, typeof(ScmConflictException))]
    [InlineData(410, typeof(ScmGoneException))]
    [InlineData(412, typeof(ScmConflictException))]
    [InlineData(413, typeof(ScmValidationException))]
    [InlineData(418, typeof(ScmException))]
    [InlineData(421, typeof(ScmTransportException))]
    [InlineData(422, typeof(ScmValidationException))]
    [InlineData(429, typeof(ScmRateLimitException))]
    [InlineData(451, typeof(ScmBlockedException))]
    [InlineData(499, typeof(ScmException))]
    [InlineData(500, typeof(ScmServerException))]
    [InlineData(503, typeof(ScmServerException))]
    public async Task A_new_code_or_none_goes_by_the_status(int status, Type type)
    {
        await using var rig = await CursorRig.StartAsync(options => options.Resilience.MaxAttempts = 1);
        rig.Cursor.When(HttpMethod.Get, Agent).AnswerInTurn(
            Answers.CursorError(status, "brand_new", "Said so."),
            Answers.CursorLegacyError(status, "What It Is", "Said so."),
            Answers.CursorError(status, "", "Said so."));

        foreach (var code in (string[])[" (code: brand_new)", "", ""])
        {
            var error = await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation));
            error.Should().BeOfType(type);
            ((int?)error.Status).Should().Be(status);
            error.Message.Should().Be($"{status} from Cursor for GET /v1/agents/bc-1: Said so.{code}");
        }
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData(null, 60)]
    [InlineData("soon", 60)]
    [InlineData("-4", 60)]
    public async Task A_limit_says_when_to_come_back_or_a_minute_is_guessed(string? header, int seconds)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Answer(Answers.CursorError(429, "rate_limit_exceeded", "Slow down.").WithHeader("Retry-After", header));

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync());

        error.Should().BeOfType<ScmRateLimitException>();
        error.RetryAt.Should().Be(rig.Time.GetUtcNow().AddSeconds(seconds));
        rig.Client.Explain(error).Type.Should().Be(LaunchFailureType.RateLimited);
        rig.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Theory]
    [InlineData(400, "validation_error", "Failed to verify existence of branch 'main' in repository acme/api.", LaunchFailureType.CursorGitHubAccess)]
    [InlineData(400, "validation_error", "prompt.text: Required", LaunchFailureType.Generic)]
    [InlineData(403, "role_forbidden", "Failed to verify existence of branch", LaunchFailureType.Generic)]
    [InlineData(403, "brand_new", "Forbidden", LaunchFailureType.Generic)]
    [InlineData(403, "plan_required", "Upgrade.", LaunchFailureType.PlanRequired)]
    [InlineData(401, "unauthorized", "No.", LaunchFailureType.BadCredentials)]
    [InlineData(404, "api_key_not_found", "No.", LaunchFailureType.BadCredentials)]
    [InlineData(429, "rate_limit_exceeded", "No.", LaunchFailureType.RateLimited)]
    [InlineData(500, "internal_error", "No.", LaunchFailureType.Generic)]
    public async Task A_failed_launch_is_explained(int status, string code, string message, LaunchFailureType type)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, "/v1/agents").Answer(Answers.CursorError(status, code, message));

        var explanation = rig.Client.Explain(await CursorRig.FailAsync(() => rig.LaunchAsync()));

        explanation.Type.Should().Be(type);
        explanation.FixUrl?.AbsoluteUri.Should().Be(type is LaunchFailureType.CursorGitHubAccess ? "https://github.com/apps/cursor" : null);
    }

    [Theory]
    [InlineData(CredentialOwner.Operator, "failure")]
    [InlineData(CredentialOwner.Customer, "halted")]
    public async Task A_refused_key_is_its_owners(CredentialOwner owner, string outcome)
    {
        await using var rig = await CursorRig.StartAsync(options => options.KeyOwner = owner);
        rig.Cursor.RemoveKey(CursorRig.Key);

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync());

        error.Should().BeOfType<ScmUnauthorizedException>();
        error.Error.CredentialOwner.Should().Be(owner);
        rig.CountedOutcomes.Should().Equal("started", outcome);
        rig.Cursor.Requests.Should().ContainSingle("another key of ours there is not");
    }

    [Fact]
    public async Task The_key_is_sent_and_never_shown()
    {
        await using var rig = await CursorRig.StartAsync();
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(CursorRig.Key + ":"));
        rig.Cursor.WhenAnything().Answer(Answers.CursorError(401, CursorRig.Key, $"The key {CursorRig.Key} ({basic}) is bad.").WithHeader("X-Request-Id", CursorRig.Key));

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync());

        rig.Cursor.Requests.Should().ContainSingle().Which.Headers["Authorization"].Should().Be("Basic " + basic);
        string.Join('\n', [error.ToString(), error.Explain(), .. rig.EverythingSaid]).Should().NotContainAny(CursorRig.Key, basic, basic[..20]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task The_key_does_not_follow_a_redirect_to_another_origin(int status)
    {
        await using var rig = await CursorRig.StartAsync();
        await using var stranger = await FakeCursor.StartAsync(cancellationToken: CursorRig.Cancellation);
        rig.Cursor.WhenAnything().Answer(Answers.Redirect(stranger.Address.AbsoluteUri + "v1/agents/bc-1", status));

        var error = await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation));

        error.Should().BeOfType<ScmOriginBlockedException>();
        stranger.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_over_its_bound_is_not_read_on()
    {
        await using var rig = await CursorRig.StartAsync(options => options.MaxResponseBytes = 1024);
        rig.Cursor.WhenAnything().AnswerInTurn(Answers.LongBody(100_000), Answers.GzipBomb(100_000), Answers.DeepJson(100));

        for (var i = 0; i < 3; i++)
        {
            (await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation))).Reason.Should().Be(ErrorReason.ResponseTooLarge);
        }
    }

    [Fact]
    public async Task A_cancelled_call_ends_with_the_callers_token()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Answer(Answers.Stall());
        using var caller = new CancellationTokenSource();

        var call = rig.Client.GetAsync("bc-1", caller.Token);
        await rig.Cursor.WaitForRequestsAsync(1, CursorRig.Cancellation);
        await caller.CancelAsync();

        var wait = () => call;
        (await wait.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
    }
}
