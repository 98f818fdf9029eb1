using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.ToolGateways;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>Our own token towards the gateway: refreshed by an allow-list, once, by all together, and never shown or sent elsewhere.</summary>
public sealed class GatewayCredentialTests
{
    private static readonly FakeAnswer Refused = GatewayAnswers.Platform(401, "UNAUTHENTICATED", "Token expired");

    [Theory]
    [InlineData("REAUTHENTICATION_NEEDED", ErrorReason.ReconnectRequired, CredentialOwner.Customer)]
    [InlineData("REFRESH_TOKEN_MISSING", ErrorReason.ReconnectRequired, CredentialOwner.Customer)]
    [InlineData("SESSION_EXPIRED", ErrorReason.BadCredentials, CredentialOwner.Operator)]
    [InlineData("NEVER_SEEN_BEFORE", ErrorReason.BadCredentials, CredentialOwner.Operator)]
    [InlineData("unauthenticated", ErrorReason.BadCredentials, CredentialOwner.Operator)]
    public async Task A_401_of_another_code_does_not_refresh(string code, ErrorReason reason, CredentialOwner owner)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(401, code), FakeAnswer.Ok);

        var error = await rig.FailAsync();

        error.Should().BeOfType<ScmUnauthorizedException>();
        error.Error.Should().BeEquivalentTo(new { Reason = reason, CredentialOwner = owner, Origin = ErrorOrigin.Platform, Rule = "23" });
        error.IsExpected.Should().Be(owner is CredentialOwner.Customer);
        rig.Gateway.Calls.Should().ContainSingle();
        rig.Gateway.TokenRequests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(429, typeof(ScmRateLimitException))]
    [InlineData(400, typeof(ScmValidationException))]
    [InlineData(500, typeof(ScmAmbiguousWriteException))]
    public async Task After_a_refresh_the_second_answer_counts(int status, Type type)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(Refused, GatewayAnswers.Platform(status));

        (await rig.FailAsync()).Should().BeOfType(type);
        rig.Gateway.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task After_a_refresh_a_providers_401_is_the_providers()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(Refused, GatewayAnswers.Provider(401));

        (await rig.FailAsync()).Should().BeOfType<ScmProviderUnauthorizedException>();
        rig.Gateway.Calls.Should().HaveCount(2);
        rig.Gateway.TokenRequests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(401, 1)]
    [InlineData(400, 1)]
    [InlineData(503, 3)]
    public async Task A_refresh_that_fails_is_told_as_the_401_with_its_cause(int status, int tokenRequests)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.OnToken = number => number == 1 ? null : new FakeAnswer(status, "{\"error\":\"invalid_client\"}");
        rig.Gateway.Script(Refused);

        var error = await rig.FailAsync();

        error.Should().BeOfType<ScmUnauthorizedException>();
        error.Message.Should().Contain("Token expired");
        ((int?)error.Status).Should().Be(401);
        ((int?)error.InnerException.Should().BeAssignableTo<ScmException>().Subject.Status).Should().Be(status);
        rig.Gateway.Calls.Should().ContainSingle();
        rig.Gateway.TokenRequests.Should().HaveCount(1 + tokenRequests);
    }

    [Fact]
    public async Task A_refresh_that_hangs_is_told_as_the_401_with_the_timeout_as_its_cause()
    {
        var never = new TaskCompletionSource();
        await using var rig = await GatewayRig.StartAsync(new() { Deadline = TimeSpan.FromSeconds(15), AttemptTimeout = TimeSpan.FromSeconds(10) });
        rig.Gateway.OnToken = number => number == 1 ? null : FakeAnswer.Ok with { After = never.Task };
        rig.Time.AutoAdvance = false;
        rig.Gateway.OnCall = (_, _) =>
        {
            rig.Time.AutoAdvance = true;
            return Refused;
        };

        var error = await rig.FailAsync();

        error.Should().BeOfType<ScmUnauthorizedException>().Which.InnerException.Should().BeOfType<ScmTimeoutException>();
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_first_token_nothing_is_sent_and_the_failure_itself_surfaces()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.OnToken = _ => GatewayAnswers.Platform(400, "INVALID_ARGUMENT");

        (await rig.FailAsync()).Should().BeOfType<ScmValidationException>().Which.Error.Rule.Should().NotBeNull();
        rig.Gateway.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_credential_that_gives_the_refused_token_again_is_not_asked_to_send_it()
    {
        await using var rig = await GatewayRig.StartAsync(credential: new FixedCredential());
        rig.Gateway.Script(Refused, FakeAnswer.Ok);

        (await rig.FailAsync()).Should().BeOfType<ScmUnauthorizedException>();
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_credential_that_throws_is_a_missing_credential()
    {
        await using var rig = await GatewayRig.StartAsync(credential: new ThrowingCredential());

        var error = await rig.FailAsync();

        error.Reason.Should().Be(ErrorReason.CredentialMissing);
        error.InnerException.Should().BeOfType<InvalidOperationException>();
        rig.Gateway.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_thousand_callers_with_one_refused_token_refresh_it_once()
    {
        await using var rig = await GatewayRig.StartAsync();
        await rig.CallAsync();
        rig.Gateway.OnCall = (call, _) => call.Authorization is "Bearer token-1" ? Refused : FakeAnswer.Ok;

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => rig.CallAsync()));

        answers.Should().OnlyContain(answer => answer == "done");
        rig.Gateway.TokenRequests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_thousand_callers_learn_of_a_failed_refresh_by_one_request()
    {
        await using var rig = await GatewayRig.StartAsync();
        await rig.CallAsync();
        rig.Gateway.Script(Refused);
        rig.Gateway.OnToken = _ => new FakeAnswer(401, "{}");

        var errors = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => rig.FailAsync()));

        errors.Should().AllBeOfType<ScmUnauthorizedException>();
        rig.Gateway.TokenRequests.Should().HaveCount(2);

        rig.Time.Advance(TimeSpan.FromSeconds(31));
        rig.Gateway.OnToken = _ => null;
        rig.Gateway.Script(FakeAnswer.Ok);
        (await rig.CallAsync()).Should().Be("done", "a refusal is remembered for a while only");
    }

    [Fact]
    public async Task A_late_complaint_about_an_old_token_costs_nothing()
    {
        await using var rig = await GatewayRig.StartAsync();
        var old = await rig.Credential.GetTokenAsync(TestContext.Current.CancellationToken);
        rig.Credential.Invalidate(old);
        var present = await rig.Credential.GetTokenAsync(TestContext.Current.CancellationToken);

        rig.Credential.Invalidate(old);

        (await rig.Credential.GetTokenAsync(TestContext.Current.CancellationToken)).Should().BeSameAs(present);
        rig.Gateway.TokenRequests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_token_is_replaced_ahead_of_its_end()
    {
        await using var rig = await GatewayRig.StartAsync();
        await rig.CallAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(86399 - 61));
        await rig.CallAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        await rig.CallAsync();

        rig.Gateway.Calls.Select(call => call.Authorization).Should().Equal("Bearer token-1", "Bearer token-1", "Bearer token-2");
    }

    [Fact]
    public async Task One_callers_cancellation_does_not_cancel_the_refresh_of_the_others()
    {
        var go = new TaskCompletionSource();
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.OnToken = number => new FakeAnswer(200, $$"""{"access_token":"token-{{number}}","expires_in":100}""") { After = go.Task };
        using var impatient = new CancellationTokenSource();
        var leaving = rig.CallAsync(cancellationToken: impatient.Token);
        var staying = rig.CallAsync();
        while (rig.Gateway.TokenRequests.Count == 0)
        {
            await Task.Yield();
        }

        await impatient.CancelAsync();
        var left = () => leaving;
        (await left.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(impatient.Token);
        go.SetResult();

        (await staying).Should().Be("done");
        rig.Gateway.TokenRequests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_under_way_ends_as_cancelled()
    {
        var never = new TaskCompletionSource();
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(FakeAnswer.Ok with { After = never.Task });
        using var source = new CancellationTokenSource();
        var call = rig.CallAsync(cancellationToken: source.Token);
        while (rig.Gateway.Calls.Count == 0)
        {
            await Task.Yield();
        }

        await source.CancelAsync();

        var cancelled = () => call;
        (await cancelled.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(source.Token);
        rig.Retried.Should().BeEmpty();
    }

    [Fact]
    public async Task The_token_does_not_follow_a_redirect_to_another_origin()
    {
        await using var elsewhere = await FakeGateway.StartAsync();
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new FakeAnswer(307).With("Location", new Uri(elsewhere.Address, "/api/v1/execute_tool").AbsoluteUri));

        (await rig.FailAsync()).Should().BeOfType<ScmOriginBlockedException>();
        elsewhere.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task A_path_cannot_lead_the_token_elsewhere()
    {
        await using var elsewhere = await FakeGateway.StartAsync();
        await using var rig = await GatewayRig.StartAsync();
        var call = () => rig.CallAsync(path: $"//{elsewhere.Address.Authority}/x");

        await call();

        elsewhere.Calls.Should().BeEmpty();
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task The_token_is_not_shown()
    {
        const string Secret = "opaque-SECRET-0123456789";
        $"{new GatewayToken(Secret)}".Should().Be("***");
        var bad = () => new GatewayToken(Secret + "\n");
        bad.Should().Throw<ArgumentException>().Which.Message.Should().NotContain("SECRET");

        await using var rig = await GatewayRig.StartAsync(credential: new FixedCredential(Secret));
        foreach (var body in new[] { GatewayAnswers.PlatformBody($"CODE {Secret}", $"{Secret} is bad"), GatewayAnswers.ProviderBody($"{Secret}", Secret, Secret), $"{Secret} is bad", $"{{\"message\":\"{Secret}\"" })
        {
            rig.Gateway.Script(new FakeAnswer(400, body));
            var error = await rig.FailAsync();
            $"{error} {error.Error} {error.Explain()}".Should().NotContain("SECRET");
        }

        rig.Log.Lines.SelectMany(line => line.Fields.Values.Append(line.Message)).Select(value => $"{value}").Should().NotContain(text => text.Contains("SECRET"));
    }

    [Fact]
    public async Task A_success_that_cannot_be_read_is_the_platforms()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new FakeAnswer(200, "<html>"));

        var error = await rig.FailAsync();

        error.Should().BeOfType<ScmUnreadableResponseException>().Which.Origin.Should().Be(ErrorOrigin.Platform);
        rig.Gateway.Calls.Should().ContainSingle();
    }

    private sealed class FixedCredential(string value = "fixed") : IGatewayCredential
    {
        public ValueTask<GatewayToken> GetTokenAsync(CancellationToken cancellationToken) => new(new GatewayToken(value));

        public void Invalidate(GatewayToken token)
        {
        }
    }

    private sealed class ThrowingCredential : IGatewayCredential
    {
        public ValueTask<GatewayToken> GetTokenAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("The vault is closed.");

        public void Invalidate(GatewayToken token)
        {
        }
    }

    [Fact]
    public async Task A_clock_that_jumps_back_does_not_keep_a_failure_in_mind()
    {
        var time = new ManualTimeProvider();
        var asked = 0;
        var credential = new GatewayCredential(
            _ => ++asked == 1
                ? throw ScmException.From(new ScmError { Reason = ErrorReason.BadCredentials, Origin = ErrorOrigin.Platform, Message = "No." })
                : Task.FromResult(new GatewayToken("good")),
            time);
        await FluentActions.Awaiting(() => credential.GetTokenAsync(TestContext.Current.CancellationToken).AsTask()).Should().ThrowAsync<ScmUnauthorizedException>();

        time.SetUtcNow(time.GetUtcNow() - TimeSpan.FromDays(1));
        time.Advance(TimeSpan.FromMinutes(5));

        (await credential.GetTokenAsync(TestContext.Current.CancellationToken)).Value.Should().Be("good");
    }
}
