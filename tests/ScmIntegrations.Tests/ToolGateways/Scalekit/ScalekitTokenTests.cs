using ScmIntegrations.Errors;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>The service's own token: got once, renewed once, and never mixed up with a user's account.</summary>
public sealed class ScalekitTokenTests
{
    [Fact]
    public async Task It_is_asked_for_by_a_form_without_a_credential_in_a_header()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();

        await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        var request = rig.Scalekit.Find(HttpMethod.Post, ScalekitRig.TokenPath).Should().ContainSingle().Subject;
        request.Body.Should().Be($"grant_type=client_credentials&client_id=skc_1&client_secret={Uri.EscapeDataString(ScalekitRig.ClientSecret)}");
        request.Headers["Content-Type"].Should().Be("application/x-www-form-urlencoded");
        request.Headers.Should().NotContainKey("Authorization");
    }

    [Fact]
    public async Task A_hundred_callers_share_one()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation)));

        rig.TokenRequests.Should().Be(1);
        rig.Scalekit.Requests.Where(request => request.Path is not ScalekitRig.TokenPath).Select(request => request.Token).Distinct(StringComparer.Ordinal).Should().ContainSingle();
    }

    [Fact]
    public async Task It_is_renewed_ahead_of_its_end()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        rig.Time.Advance(TimeSpan.FromSeconds(86_399 - 59));
        await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        rig.TokenRequests.Should().Be(2);
        rig.Scalekit.Requests.Should().NotContain(request => request.Status == 401);
    }

    [Theory]
    [InlineData("execute")]
    [InlineData("upsert")]
    public async Task Row_56_a_refused_one_is_renewed_once_for_all_and_never_sent_again(string what)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Succeeded());
        await rig.ExecuteAsync();
        rig.Scalekit.RevokeAllTokens();
        rig.Scalekit.ClearRequests();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => what is "execute" ? (Task)rig.ExecuteAsync() : rig.UpsertAsync(ScalekitRig.Token)));

        rig.TokenRequests.Should().Be(1);
        rig.Scalekit.Find(HttpMethod.Post, ScalekitRig.TokenPath)[0].Headers.Should().NotContainKey("Authorization", "a stale bearer has no business there");
        rig.Scalekit.Executions.Should().HaveCount(what is "execute" ? 21 : 1, "what was refused was not executed, and what was executed is not sent again");
    }

    [Theory]
    [InlineData("REAUTHENTICATION_NEEDED")]
    [InlineData("REFRESH_TOKEN_MISSING")]
    public async Task A_users_account_that_has_to_be_connected_again_costs_no_token(string code)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.ToolPath).Answer(Answers.ScalekitError(401, "Again.", code));

        var error = await ScalekitRig.FailAsync(() => rig.ExecuteAsync());

        error.Error.Should().BeEquivalentTo(new { Reason = ErrorReason.ReconnectRequired, CredentialOwner = CredentialOwner.Customer, IsExpected = true });
        (rig.TokenRequests, rig.Sent.Count()).Should().Be((1, 1));
    }

    [Fact]
    public async Task An_expired_account_is_told_as_its_users_to_connect()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda(status: "EXPIRED");
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Succeeded());

        (await ScalekitRig.FailAsync(() => rig.ExecuteAsync())).Reason.Should().Be(ErrorReason.ReconnectRequired);
    }

    public static TheoryData<string, Answer, ErrorReason> Refusals => new()
    {
        { "401", Answers.Json(401, """{"error":"invalid_client","error_description":"No such client."}"""), ErrorReason.BadCredentials },
        { "400", Answers.Json(400, """{"error":"invalid_client"}"""), ErrorReason.BadCredentials },
        { "403", Answers.ScalekitError(403, "Disabled.", "PERMISSION_DENIED"), ErrorReason.BadCredentials },
        { "404", Answers.ScalekitError(404, "Not Found", "RESOURCE_NOT_FOUND"), ErrorReason.CredentialMissing },
        { "404 of a page", Answers.Text(404, "<html>Not here</html>", "text/html"), ErrorReason.CredentialMissing },
        { "409", Answers.ScalekitError(409, "There already.", "RESOURCE_ALREADY_EXISTS"), ErrorReason.CredentialMissing },
        { "a provider's", Answers.ScalekitToolError(404, "No."), ErrorReason.CredentialMissing },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Whatever_the_token_endpoint_refuses_is_the_operators_trouble_and_no_word_about_an_account(string name, Answer answer, ErrorReason reason)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.TokenPath).Answer(answer);

        var error = await ScalekitRig.FailAsync(() => rig.UpsertAsync(ScalekitRig.Token));

        error.Should().BeOfType<ScmUnauthorizedException>(name).Which.Should().NotBeAssignableTo<IProviderError>();
        error.Error.Should().BeEquivalentTo(new { Reason = reason, Origin = ErrorOrigin.Platform, CredentialOwner = CredentialOwner.Operator, IsExpected = false });
        rig.Sent.Should().BeEmpty("nothing is looked up or created without a token");
        rig.Interactions.Should().Equal("upsert_account failure");
        (await ScalekitRig.FailAsync(() => rig.Accounts.DeleteAsync(ScalekitRig.Ada, ScalekitRig.Cancellation))).Should().BeOfType<ScmUnauthorizedException>();
        rig.TokenRequests.Should().Be(1, "it is remembered for a while");
    }

    [Fact]
    public async Task The_endpoints_own_words_are_shown_and_the_secret_is_not()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.TokenPath).Answer(Answers.Json(401, """{"error":"invalid_client","error_description":"Wrong: test_THISMUST+NEVER/PRINT\"0123456789 and test_THISMUST%2BNEVER%2FPRINT%220123456789"}"""));

        var error = await ScalekitRig.FailAsync(() => rig.ExecuteAsync());

        error.Message.Should().Contain("Wrong: *** and ***");
        rig.EverythingSaid.Append(error.ToString()).Should().NotContain(text => text.Contains("THISMUST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"access_token":"odd","expires_in":"86399"}""")]
    [InlineData("""{"accessToken":"odd","expiresIn":86399}""")]
    [InlineData("""{"access_token":"odd"}""")]
    [InlineData("""{"access_token":"odd","expires_in":-5}""")]
    [InlineData("""{"access_token":"odd","expires_in":1e300}""")]
    [InlineData("""{"access_token":"odd","expires_in":{}}""")]
    public async Task It_is_read_loosely(string body)
    {
        await using var rig = await ScalekitRig.StartAsync(fake: options => options.RequireCredentials = false);
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.TokenPath).Answer(Answers.Json(200, body));

        await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        await rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);

        rig.Scalekit.Find(HttpMethod.Get, ScalekitRig.DetailsPath).Select(request => request.Token).Should().Equal("odd", "odd");
        rig.TokenRequests.Should().Be(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("""{"access_token":"a b"}""")]
    [InlineData("""{"access_token":"a\r\nX: y"}""")]
    [InlineData("""{"access_token":null}""")]
    public async Task What_is_no_token_is_told(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.TokenPath).Answer(Answers.Json(200, body));

        (await ScalekitRig.FailAsync(() => rig.UpsertAsync())).Should().BeOfType<ScmUnreadableResponseException>();
        rig.Sent.Should().BeEmpty();
    }

    [Fact]
    public async Task A_stalled_token_is_given_up_and_one_callers_leaving_is_his_alone()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.TokenPath).Once().Answer(Answers.Stall());
        using var leaving = new CancellationTokenSource();

        var left = rig.Accounts.GetAsync(ScalekitRig.Ada, leaving.Token);
        var stays = rig.Accounts.GetAsync(ScalekitRig.Ada, ScalekitRig.Cancellation);
        await rig.Scalekit.WaitForRequestsAsync(HttpMethod.Post, ScalekitRig.TokenPath, 1, ScalekitRig.Cancellation);
        await leaving.CancelAsync();
        var wait = () => left;
        await wait.Should().ThrowAsync<OperationCanceledException>();
        rig.Time.Advance(TimeSpan.FromSeconds(31));

        (await stays).Id.Should().NotBeEmpty();
    }
}
