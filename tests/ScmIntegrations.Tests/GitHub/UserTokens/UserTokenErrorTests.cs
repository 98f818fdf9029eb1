using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>What the refusals mean, word by word and status by status, met over HTTP.</summary>
public sealed class UserTokenErrorTests
{
    /// <summary>Every word; what it means to an exchange and to a refresh, and whose it is.</summary>
    public static TheoryData<string, ErrorReason, CredentialOwner, ErrorReason, CredentialOwner> Words => new()
    {
        { "bad_refresh_token", ErrorReason.Unknown, CredentialOwner.Operator, ErrorReason.ReconnectRequired, CredentialOwner.Customer },
        { "invalid_grant", ErrorReason.BadCredentials, CredentialOwner.Customer, ErrorReason.ReconnectRequired, CredentialOwner.Customer },
        { "bad_verification_code", ErrorReason.BadCredentials, CredentialOwner.Customer, ErrorReason.Unknown, CredentialOwner.Operator },
        { "incorrect_device_code", ErrorReason.BadCredentials, CredentialOwner.Customer, ErrorReason.Unknown, CredentialOwner.Operator },
        { "authorization_pending", ErrorReason.NotReady, CredentialOwner.Customer, ErrorReason.Unknown, CredentialOwner.Operator },
        { "slow_down", ErrorReason.SecondaryRateLimit, CredentialOwner.Operator, ErrorReason.SecondaryRateLimit, CredentialOwner.Operator },
        { "access_denied", ErrorReason.NotAllowed, CredentialOwner.Customer, ErrorReason.Unknown, CredentialOwner.Operator },
        { "expired_token", ErrorReason.Gone, CredentialOwner.Customer, ErrorReason.Unknown, CredentialOwner.Operator },
        { "token_expired", ErrorReason.Gone, CredentialOwner.Customer, ErrorReason.Unknown, CredentialOwner.Operator },
        { "unverified_user_email", ErrorReason.AccountActionRequired, CredentialOwner.Customer, ErrorReason.AccountActionRequired, CredentialOwner.Customer },
        { "incorrect_client_credentials", ErrorReason.BadCredentials, CredentialOwner.Operator, ErrorReason.BadCredentials, CredentialOwner.Operator },
        { "invalid_client", ErrorReason.BadCredentials, CredentialOwner.Operator, ErrorReason.BadCredentials, CredentialOwner.Operator },
        { "application_suspended", ErrorReason.BadCredentials, CredentialOwner.Operator, ErrorReason.BadCredentials, CredentialOwner.Operator },
        { "device_flow_disabled", ErrorReason.PlanRequired, CredentialOwner.Operator, ErrorReason.PlanRequired, CredentialOwner.Operator },
        { "redirect_uri_mismatch", ErrorReason.ValidationFailed, CredentialOwner.Operator, ErrorReason.ValidationFailed, CredentialOwner.Operator },
        { "unsupported_grant_type", ErrorReason.ValidationFailed, CredentialOwner.Operator, ErrorReason.ValidationFailed, CredentialOwner.Operator },
        { "invalid_request", ErrorReason.ValidationFailed, CredentialOwner.Operator, ErrorReason.ValidationFailed, CredentialOwner.Operator },
        { "invalid_scope", ErrorReason.ValidationFailed, CredentialOwner.Operator, ErrorReason.ValidationFailed, CredentialOwner.Operator },
        { "unauthorized_client", ErrorReason.ValidationFailed, CredentialOwner.Operator, ErrorReason.ValidationFailed, CredentialOwner.Operator },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_word_decides_in_a_200_as_in_a_4xx(string word, ErrorReason ofExchange, CredentialOwner exchangeOwner, ErrorReason ofRefresh, CredentialOwner refreshOwner)
    {
        await using var rig = await UserTokenRig.StartAsync();
        foreach (var status in (int[])[200, 400, 401, 403, 404, 422])
        {
            rig.GitHub.Faults.Clear();
            rig.WhenTokenIsAsked().Answer(Answers.Json(status, $$"""{"error":"{{word}}","error_description":"Said so.","error_uri":"/apps/why"}"""));
            var exchange = await UserTokenRig.FailAsync(() => rig.Client.ExchangeCodeAsync("code", cancellationToken: UserTokenRig.Cancellation));
            var refresh = await UserTokenRig.FailAsync(() => rig.RefreshAsync());

            (exchange.Reason, exchange.Error.CredentialOwner).Should().Be((ofExchange, exchangeOwner), "{0} with {1}", word, status);
            (refresh.Reason, refresh.Error.CredentialOwner).Should().Be((ofRefresh, refreshOwner), "{0} with {1}", word, status);
            foreach (var error in (ScmException[])[exchange, refresh])
            {
                error.Message.Should().Contain(word).And.Contain("Said so.").And.Contain("POST /login/oauth/access_token");
                error.Origin.Should().Be(ErrorOrigin.GitHub);
                ((int?)error.Status).Should().Be(status);
                error.DocumentationUrl.Should().Be(new Uri("https://docs.github.com/apps/why"));
                error.RequestId.Should().NotBeNullOrEmpty();
                error.Error.IsFateUnknown.Should().BeFalse();
            }
        }

        rig.CountedRetries.Should().Be(0, "a refusal is final");
    }

    [Fact]
    public void Every_word_has_a_test() =>
        UserTokenErrorTable.Rows.SelectMany(row => row.Words).Distinct(StringComparer.Ordinal).Should().BeEquivalentTo(Words.Select(row => row.Data.Item1));

    [Fact]
    public void The_table_is_total_and_only_a_refresh_takes_the_user_to_reconnect()
    {
        string?[] words = [null, "", "a_new_word", .. UserTokenErrorTable.Rows.SelectMany(row => row.Words)];
        foreach (var operation in (OperationClass[])[OperationClass.Write, OperationClass.TokenMint, OperationClass.TokenRefresh])
        {
            foreach (var status in Enumerable.Range(200, 400))
            {
                foreach (var word in words)
                {
                    var row = UserTokenErrorTable.Find(operation, status, new(word, null, null, null), asksToWait: false);
                    (row.Reason is ErrorReason.ReconnectRequired)
                        .Should().Be(operation is OperationClass.TokenRefresh && status < 500 && word is "bad_refresh_token" or "invalid_grant" && operation is OperationClass.TokenRefresh && status < 500);
                }
            }
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(418)]
    [InlineData(422)]
    [InlineData(451)]
    public async Task A_status_without_a_word_that_is_known_is_nobodys_fault_and_never_the_users(int status)
    {
        await using var rig = await UserTokenRig.StartAsync();
        var grant = rig.App.Grant("octocat");
        Answer[] answers =
        [
            Answers.Text(status, "<html><body>Access denied by proxy, bad_refresh_token</body></html>", "text/html"),
            Answers.Text(status),
            Answers.Json(status, """{"error":"a_new_word"}"""),
            Answers.Json(status, """{"error":{"code":"bad_refresh_token"}}"""),
            Answers.Json(status, """{"error":["bad_refresh_token"],"message":"no"}"""),
            Answers.Json(status, """{"error":"BAD_REFRESH_TOKEN"}"""),
            Answers.Json(status, """{"message":"Bad credentials"}"""),
            Answers.Json(status, """{"error":"bad_refresh_to"""),
            Answers.Json(status, "\"bad_refresh_token\""),
            Answers.GitHubError(status, "Bad credentials"),
        ];
        rig.WhenTokenIsAsked().AnswerInTurn(answers);

        foreach (var _ in answers)
        {
            var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync(grant));
            error.Reason.Should().Be(ErrorReason.Unknown);
            error.Error.CredentialOwner.Should().Be(CredentialOwner.Operator);
            error.IsExpected.Should().BeFalse("somebody should look");
        }

        rig.App.Grants.Should().Equal([grant], "nothing was traded");
    }

    [Fact]
    public async Task A_new_word_stands_in_the_message()
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(200, """{"error":"a_new_word","error_description":"Nobody knows."}"""));

        var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync());

        error.Reason.Should().Be(ErrorReason.Unknown);
        error.Message.Should().Be("200 from GitHub for POST /login/oauth/access_token: a_new_word: Nobody knows.");
    }

    public static TheoryData<string, Answer, double> Limits => new()
    {
        { "429 with a time", Answers.Text(429).WithHeader("Retry-After", "7"), 7 },
        { "429 without", Answers.Text(429), 60 },
        { "403 with a time", Answers.Text(403).WithHeader("Retry-After", "7"), 7 },
        { "403 that says so", Answers.SecondaryRateLimit(null), 60 },
        { "429 of GitHub's", Answers.SecondaryRateLimit(TimeSpan.FromSeconds(9), status: 429), 9 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_limit_surfaces_with_its_time(string what, Answer limit, double seconds)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(limit);

        var error = await UserTokenRig.FailAsync(() => rig.RefreshAsync());

        error.Should().BeOfType<ScmRateLimitException>(what).Which.RetryAt.Should().Be(rig.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        error.IsTransient.Should().BeTrue();
        rig.Asked.Should().Be(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_server_that_failed_is_not_believed_a_word(int status)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(status, """{"error":"bad_refresh_token"}"""));

        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).Reason.Should().Be(ErrorReason.ServerError);
    }

    [Theory]
    [InlineData("https://evil.example/why")]
    [InlineData("//evil.example/why")]
    [InlineData("http://docs.github.com/why")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user@docs.github.com/")]
    public async Task A_page_elsewhere_is_not_shown(string page)
    {
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().Answer(Answers.Json(200, $$"""{"error":"bad_refresh_token","error_uri":"{{page}}"}"""));

        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).DocumentationUrl.Should().BeNull();
    }

    [Fact]
    public async Task A_redirect_takes_no_secret_along()
    {
        await using var other = await FakeGitHub.StartAsync(cancellationToken: UserTokenRig.Cancellation);
        await using var rig = await UserTokenRig.StartAsync();
        rig.WhenTokenIsAsked().AnswerInTurn(Answers.Redirect(other.WebAddress + "login/oauth/access_token", 307), Answers.Redirect("/elsewhere", 302));

        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).Should().BeOfType<ScmOriginBlockedException>();
        (await UserTokenRig.FailAsync(() => rig.RefreshAsync())).Should().BeOfType<ScmRedirectException>();

        other.Requests.Should().BeEmpty();
        rig.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_unknown_app_is_the_operators_trouble()
    {
        await using var rig = await UserTokenRig.StartAsync(options => options.ClientId = "Iv1.unknown");

        var start = await UserTokenRig.FailAsync(() => rig.Client.StartDeviceAsync(cancellationToken: UserTokenRig.Cancellation));
        var refresh = await UserTokenRig.FailAsync(() => rig.Client.RefreshAsync(new GitHubToken("ghr_any"), UserTokenRig.Cancellation));

        start.Message.Should().Contain("Not Found");
        start.Reason.Should().Be(ErrorReason.Unknown);
        refresh.Reason.Should().Be(ErrorReason.BadCredentials);
        refresh.Acts.Should().Be(ActionOwner.Operator);
    }
}
