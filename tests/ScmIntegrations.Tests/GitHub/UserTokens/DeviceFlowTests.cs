using System.Net;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>A user without a browser at hand: begun, waited for, granted or not.</summary>
public sealed class DeviceFlowTests
{
    [Fact]
    public async Task A_flow_begins_with_what_the_user_is_shown()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.ClientSecret = null);
        rig.App.IsOAuthApp = true;
        var now = rig.Time.GetUtcNow();

        var code = await rig.Client.StartDeviceAsync(["repo", "gist"], UserTokenRig.Cancellation);

        code.UserCode.Should().MatchRegex("^[A-Z]{4}-[A-Z]{4}$");
        code.VerificationAddress.Should().Be(new Uri(rig.GitHub.WebAddress, "login/device"));
        code.ExpiresAt.Should().Be(now + TimeSpan.FromMinutes(15));
        code.Interval.Should().Be(TimeSpan.FromSeconds(5));
        rig.Form(UserTokenRig.DevicePath).Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal) { ["client_id"] = UserTokenRig.ClientId, ["scope"] = "repo gist" });
    }

    [Fact]
    public async Task A_start_is_safe_to_repeat()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.GitHub.When(HttpMethod.Post, UserTokenRig.DevicePath).Times(2).Answer(Answers.ServerError());

        await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);

        rig.CountedRetries.Should().Be(2);
    }

    [Theory]
    [InlineData("https://evil.example/login/device")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("")]
    public async Task An_answer_leads_nobody_elsewhere(string page)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.GitHub.When(HttpMethod.Post, UserTokenRig.DevicePath).Answer(Answers.Json(200, $$"""{"device_code":"d","user_code":"u","verification_uri":"{{page}}"}"""));

        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);

        code.VerificationAddress.Should().Be(new Uri(rig.GitHub.WebAddress, "login/device"));
        code.Interval.Should().Be(TimeSpan.FromSeconds(5));
        code.ExpiresAt.Should().Be(rig.Time.GetUtcNow() + TimeSpan.FromMinutes(15));
    }

    [Theory]
    [InlineData("""{"user_code":"u"}""")]
    [InlineData("""{"device_code":"d"}""")]
    [InlineData("""{"device_code":"","user_code":"u"}""")]
    [InlineData("""{"device_code":"d","user_code":{}}""")]
    [InlineData("""{"device_code":"d","user_code":"\u001b[2J"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_beginning_without_a_code_is_unreadable(string body)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.GitHub.When(HttpMethod.Post, UserTokenRig.DevicePath).Answer(Answers.Json(200, body));

        (await UserTokenRig.FailAsync(() => rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation))).Reason.Should().Be(ErrorReason.UnreadableResponse);
    }

    [Fact]
    public async Task A_granted_token_comes_at_the_next_question_and_once()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.ClientSecret = null);
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var start = rig.Time.GetUtcNow();
        ApproveAtRequest(rig, 3, code);

        var token = await rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);

        token.AccessToken.Value.Should().Be(rig.App.Grants.Should().ContainSingle().Subject.AccessToken);
        token.AccessToken.ExpiresAt.Should().Be(rig.Time.GetUtcNow() + TimeSpan.FromHours(8));
        (await rig.StatusOfAsync(token.AccessToken.Value)).Should().Be(HttpStatusCode.OK);
        AskedAfter(rig, start).Should().Equal(5, 10, 15);
        rig.Form().Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client_id"] = UserTokenRig.ClientId,
            ["device_code"] = code.DeviceCode,
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code",
        });
        rig.CountedRetries.Should().Be(0, "asking again is no retry");
    }

    [Fact]
    public async Task A_token_by_device_is_refreshed_without_the_secret()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.ClientSecret = null);
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.App.ApproveDevice(code.UserCode, "octocat");
        var token = await rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);

        var next = await rig.Client.RefreshAsync(token.RefreshToken!, UserTokenRig.Cancellation);

        next.AccessToken.Value.Should().NotBe(token.AccessToken.Value);
        rig.Form(index: 1).Keys.Should().Equal("client_id", "grant_type", "refresh_token");
    }

    [Fact]
    public async Task Slow_down_adds_five_seconds_each_time()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var start = rig.Time.GetUtcNow();
        rig.WhenTokenIsAsked().Times(2).Answer(Answers.Json(200, """{"error":"slow_down"}"""));
        ApproveAtRequest(rig, 4, code);

        await rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);

        AskedAfter(rig, start).Should().Equal(5, 15, 30, 45);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("\"17\"", 17)]
    [InlineData("3", 10)]
    [InlineData("-3", 10)]
    [InlineData("1e300", 10)]
    [InlineData("[]", 10)]
    public async Task Slow_down_may_name_the_new_interval(string interval, int seconds)
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var start = rig.Time.GetUtcNow();
        rig.WhenTokenIsAsked().Once().Answer(Answers.Json(400, $$"""{"error":"slow_down","interval":{{interval}}}"""));
        ApproveAtRequest(rig, 3, code);

        await rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);

        AskedAfter(rig, start).Should().Equal(5, 5 + seconds, 5 + (2 * seconds));
    }

    [Fact]
    public async Task The_fakes_own_slow_down_is_obeyed()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var hasty = new GitHubDeviceCode(code.DeviceCode) { UserCode = code.UserCode, VerificationAddress = code.VerificationAddress, ExpiresAt = code.ExpiresAt, Interval = TimeSpan.FromSeconds(2) };
        var start = rig.Time.GetUtcNow();
        ApproveAtRequest(rig, 4, code);

        await rig.Client.WaitForDeviceAsync(hasty, UserTokenRig.Cancellation);

        // The second question was too early: 10 seconds from there on.
        AskedAfter(rig, start).Should().Equal(2, 4, 14, 24);
    }

    public static TheoryData<string, Answer> PassingTrouble => new()
    {
        { "502", Answers.ServerError() },
        { "503 with a time", Answers.ServerError(503).WithHeader("Retry-After", "2") },
        { "reset", Answers.Reset() },
        { "broken body", Answers.Json(200, """{"error":"authorization_pending"}""").ResetAfter(5) },
        { "a portal's page", Answers.Html200() },
        { "408", Answers.Text(408) },
        { "pending as 400", Answers.Json(400, """{"error":"authorization_pending"}""") },
    };

    [Theory]
    [MemberData(nameof(PassingTrouble))]
    public async Task Passing_trouble_is_waited_out(string what, Answer trouble)
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var start = rig.Time.GetUtcNow();
        rig.App.ApproveDevice(code.UserCode, "octocat");
        rig.WhenTokenIsAsked().Times(2).Answer(trouble);

        await rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);

        AskedAfter(rig, start).Should().Equal([5, 10, 15], what);
        rig.CountedRetries.Should().Be(0);
    }

    [Fact]
    public async Task A_limit_is_waited_for_as_long_as_it_says()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var start = rig.Time.GetUtcNow();
        rig.App.ApproveDevice(code.UserCode, "octocat");
        rig.WhenTokenIsAsked().Once().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(19), status: 429));

        await rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);

        AskedAfter(rig, start).Should().Equal(5, 24);
    }

    [Fact]
    public async Task A_stalled_question_ends_with_its_attempt()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.App.ApproveDevice(code.UserCode, "octocat");
        rig.WhenTokenIsAsked().Once().Answer(Answers.Stall());

        var wait = rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation);
        await rig.GitHub.WaitForRequestsAsync(2, UserTokenRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        (await wait).AccessToken.Value.Should().StartWith("ghu_");
    }

    [Fact]
    public async Task A_refusal_ends_the_wait()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.App.DenyDevice(code.UserCode);

        var error = await UserTokenRig.FailAsync(() => rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation));

        error.Should().BeOfType<ScmNotAllowedException>().Which.Message.Should().Contain("access_denied");
        error.IsExpected.Should().BeTrue();
        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task A_code_that_nobody_enters_ends_the_wait_in_time()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        var start = rig.Time.GetUtcNow();

        var error = await UserTokenRig.FailAsync(() => rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation));

        error.Should().BeOfType<ScmGoneException>();
        error.Origin.Should().Be(ErrorOrigin.Client);
        error.InnerException.Should().BeNull();
        rig.Time.GetUtcNow().Should().Be(code.ExpiresAt);
        AskedAfter(rig, start).Should().HaveCount(179).And.EndWith([890, 895]);
    }

    [Fact]
    public async Task GitHubs_own_end_is_believed()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.WhenTokenIsAsked().Answer(Answers.Json(200, """{"error":"expired_token","error_description":"It has expired."}"""));

        var error = await UserTokenRig.FailAsync(() => rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation));

        error.Should().BeOfType<ScmGoneException>().Which.Origin.Should().Be(ErrorOrigin.GitHub);
        rig.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Trouble_that_lasts_until_the_end_is_its_cause()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.WhenTokenIsAsked().Answer(Answers.ServerError());

        var error = await UserTokenRig.FailAsync(() => rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation));

        error.Reason.Should().Be(ErrorReason.Gone);
        error.Message.Should().Contain("that failed");
        error.InnerException.Should().BeAssignableTo<ScmException>();
        rig.Asked.Should().BeLessThan(180, "an open circuit asks no more often");
    }

    [Fact]
    public async Task A_token_that_was_lost_on_the_way_is_named_as_the_cause()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.App.ApproveDevice(code.UserCode, "octocat");
        rig.WhenTokenIsAsked().Once().Answer(Answers.CarriedOut(Answers.Reset()));

        var error = await UserTokenRig.FailAsync(() => rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation));

        error.Message.Should().Contain("incorrect_device_code");
        error.InnerException.Should().BeOfType<ScmAmbiguousWriteException>();
    }

    [Fact]
    public async Task A_code_that_has_ended_is_not_asked_after()
    {
        await using var rig = await UserTokenRig.StartAsync();
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromMinutes(15));

        (await UserTokenRig.FailAsync(() => rig.Client.WaitForDeviceAsync(code, UserTokenRig.Cancellation))).Reason.Should().Be(ErrorReason.Gone);

        rig.Asked.Should().Be(0);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once_between_and_within_questions()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.Time.AutoAdvance = false;
        var code = await rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation);
        using var between = new CancellationTokenSource();
        using var within = new CancellationTokenSource();

        var waiting = rig.Client.WaitForDeviceAsync(code, between.Token);
        await between.CancelAsync();
        (await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(between.Token);

        rig.WhenTokenIsAsked().Answer(Answers.Stall());
        var asking = rig.Client.WaitForDeviceAsync(code, within.Token);
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await rig.GitHub.WaitForRequestsAsync(2, UserTokenRig.Cancellation);
        await within.CancelAsync();
        (await FluentActions.Awaiting(() => asking).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(within.Token);
    }

    [Fact]
    public async Task Nothing_to_wait_for_is_refused()
    {
        await using var rig = await UserTokenRig.StartAsync();

        await FluentActions.Awaiting(() => rig.Client.WaitForDeviceAsync(null!, UserTokenRig.Cancellation)).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => rig.Client.StartDeviceAsync([null!], UserTokenRig.Cancellation)).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => rig.Client.StartDeviceAsync(["a b"], UserTokenRig.Cancellation)).Should().ThrowAsync<ArgumentException>();
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dev ice")]
    public void What_cannot_be_a_device_code_is_refused_and_not_shown(string? code)
    {
        var create = () => new GitHubDeviceCode(code!) { UserCode = "u", VerificationAddress = new("https://github.com/login/device"), ExpiresAt = DateTimeOffset.MaxValue };

        create.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("dev ice");
    }

    /// <summary>The user agrees just before the n-th question for the token.</summary>
    private static void ApproveAtRequest(UserTokenRig rig, int number, GitHubDeviceCode code) => rig.GitHub.When(request =>
    {
        if (request.Path == UserTokenRig.TokenPath && rig.Asked == number)
        {
            rig.App.ApproveDevice(code.UserCode, "octocat");
        }

        return false;
    }).Answer(Answers.Real());

    private static IEnumerable<double> AskedAfter(UserTokenRig rig, DateTimeOffset start) =>
        rig.GitHub.Find(HttpMethod.Post, UserTokenRig.TokenPath).Select(request => (request.Time - start).TotalSeconds);
}
