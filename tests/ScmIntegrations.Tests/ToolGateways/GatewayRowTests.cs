using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>The rows of the retry table that are about a broker and what it relays, met over HTTP; each test bears its row's number.</summary>
public sealed class GatewayRowTests
{
    public static TheoryData<string, int> EveryProviderStatus
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var method in Methods)
            {
                foreach (var status in (int[])[400, 401, 402, 403, 404, 405, 408, 409, 412, 418, 421, 422, 429, 499, 500, 501, 502, 503, 504, 599])
                {
                    data.Add(method, status);
                }
            }

            return data;
        }
    }

    private static readonly string[] Methods = ["GET", "PUT", "POST"];

    [Theory]
    [MemberData(nameof(EveryProviderStatus))]
    public async Task Row_54_a_providers_error_is_final_whatever_its_status(string method, int status)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(status), FakeAnswer.Ok);

        var error = await rig.FailAsync(method);

        error.Should().BeAssignableTo<IProviderError>().Which.ProviderStatus.Should().Be(status);
        error.Origin.Should().Be(ErrorOrigin.Provider);
        error.Error.Rule.Should().Be(status is 401 or 403 ? "55" : "54");
        error.IsExpected.Should().Be(status < 500);
        rig.Gateway.Calls.Should().ContainSingle();
        rig.Gateway.TokenRequests.Should().ContainSingle("the first call needs a token, and a provider's error none");
        rig.Retried.Should().BeEmpty();
    }

    [Fact]
    public async Task Row_54_no_number_of_provider_errors_opens_the_circuit()
    {
        await using var rig = await GatewayRig.StartAsync(new ResilienceOptions { CircuitMinimumThroughput = 5 });
        rig.Gateway.Script(GatewayAnswers.Provider(503));

        for (var i = 0; i < 50; i++)
        {
            (await rig.FailAsync(i % 2 == 0 ? "GET" : "POST")).Should().BeOfType<ScmProviderServerException>();
        }

        rig.Gateway.Script(FakeAnswer.Ok);
        (await rig.CallAsync()).Should().Be("done");
        rig.Gateway.Calls.Should().HaveCount(51);
    }

    [Fact]
    public async Task Row_54a_a_write_whose_failure_cannot_be_read_may_have_been_carried_out() =>
        await UnreadableAsync("POST", "54a", typeof(ScmAmbiguousWriteException));

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Row_54b_what_cannot_be_read_is_final(string method) => await UnreadableAsync(method, "54b", typeof(ScmServerException));

    [Theory]
    [InlineData(401, typeof(ScmProviderUnauthorizedException))]
    [InlineData(403, typeof(ScmProviderForbiddenException))]
    public async Task Row_55_a_refused_account_is_the_users_and_never_costs_our_token(int status, Type type)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(status, code: "UNAUTHENTICATED"));

        for (var i = 0; i < 3; i++)
        {
            var error = await rig.FailAsync();
            error.Should().BeOfType(type);
            error.Error.Rule.Should().Be("55");
            error.Error.CredentialOwner.Should().Be(CredentialOwner.Customer);
            error.IsExpected.Should().BeTrue();
        }

        rig.Gateway.Calls.Select(call => call.Authorization).Should().Equal("Bearer token-1", "Bearer token-1", "Bearer token-1");
        rig.Gateway.TokenRequests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("PUT", "UNAUTHENTICATED")]
    [InlineData("POST", "UNAUTHORIZED")]
    public async Task Row_56_the_brokers_401_refreshes_once(string method, string? code)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(401, code), FakeAnswer.Ok);

        (await rig.CallAsync(method)).Should().Be("done");

        rig.Gateway.Calls.Select(call => call.Authorization).Should().Equal("Bearer token-1", "Bearer token-2");
        rig.Gateway.TokenRequests.Should().HaveCount(2).And.OnlyContain(request => request.Authorization == null);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Row_56_a_401_that_stays_surfaces_after_one_refresh(string method)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(401, "UNAUTHENTICATED"));

        var error = await rig.FailAsync(method);

        error.Should().BeOfType<ScmUnauthorizedException>();
        error.Error.Should().BeEquivalentTo(new { Origin = ErrorOrigin.Platform, Reason = ErrorReason.BadCredentials, CredentialOwner = CredentialOwner.Operator, Rule = "21", IsExpected = false });
        rig.Gateway.Calls.Should().HaveCount(2);
        rig.Gateway.TokenRequests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Row_57_the_brokers_own_limit_surfaces_at_once(string method)
    {
        await using var rig = await GatewayRig.StartAsync(new ResilienceOptions { MaxRateLimitWait = TimeSpan.FromMinutes(1) });
        rig.Gateway.Script(GatewayAnswers.Platform(429, "RATE_LIMITED").With("Retry-After", "7"), FakeAnswer.Ok);

        var error = await rig.FailAsync(method);

        error.Should().BeOfType<ScmRateLimitException>().Which.Should().NotBeAssignableTo<IProviderError>();
        error.Error.Should().BeEquivalentTo(new { Origin = ErrorOrigin.Platform, Rule = "57", IsExpected = true, RetryAt = rig.Time.GetUtcNow().AddSeconds(7) });
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData("GET", "{\"code\":14,\"message\":\"later\"}")]
    [InlineData("PUT", "{\"code\":14,\"message\":\"later\"}")]
    [InlineData("GET", "<html>503</html>")]
    [InlineData("GET", "upstream connect error")]
    [InlineData("GET", "{\"message\":\"Service Unavailable\"}")]
    [InlineData("GET", "")]
    public async Task Row_58_an_unavailable_broker_is_asked_again(string method, string body)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new(503, body), new(503, body), FakeAnswer.Ok);

        (await rig.CallAsync(method)).Should().Be("done");

        rig.Gateway.Calls.Should().HaveCount(3);
        var waits = rig.Time.RequestedDelays.Where(delay => delay < TimeSpan.FromSeconds(30) && delay > TimeSpan.Zero).ToList();
        waits.Should().HaveCount(2);
        waits[0].Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.5)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
        waits[1].Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Row_58_a_broker_that_stays_away_opens_its_circuit()
    {
        await using var rig = await GatewayRig.StartAsync(new ResilienceOptions { CircuitMinimumThroughput = 2 });
        rig.Gateway.Script(GatewayAnswers.Platform(503));

        var first = await rig.FailAsync("GET");
        await rig.FailAsync("GET");

        first.Should().BeOfType<ScmServerException>().Which.Error.Rule.Should().Be("58");
        (await rig.FailAsync("GET")).Should().BeOfType<ScmCircuitOpenException>();
        rig.Gateway.Calls.Should().HaveCount(6);
    }

    [Theory]
    [InlineData("GET", 500, "58a")]
    [InlineData("PUT", 502, "58a")]
    [InlineData("GET", 504, "58a")]
    [InlineData("POST", 500, "44")]
    [InlineData("POST", 504, "44")]
    public async Task Row_58a_only_503_is_asked_again(string method, int status, string rule)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(status, "INTERNAL_ERROR"), FakeAnswer.Ok);

        var error = await rig.FailAsync(method);

        error.Error.Rule.Should().Be(rule);
        error.Should().BeOfType(method is "POST" ? typeof(ScmAmbiguousWriteException) : typeof(ScmServerException));
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData("{\"code\":14,\"message\":\"later\"}")]
    [InlineData("<html>503</html>")]
    [InlineData("")]
    public async Task Row_59_a_write_to_an_unavailable_broker_is_not_sent_twice(string body)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new FakeAnswer(503, body).With("Retry-After", "1"), FakeAnswer.Ok);

        var error = await rig.FailAsync("POST");

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.InnerException.Should().BeOfType<ScmServerException>();
        error.Error.Should().BeEquivalentTo(new { Origin = ErrorOrigin.Platform, Rule = "59", IsFateUnknown = true, RetryAt = rig.Time.GetUtcNow().AddSeconds(1) });
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData(400, null, typeof(ScmValidationException))]
    [InlineData(400, "RESOURCE_NOT_FOUND", typeof(ScmValidationException))]
    [InlineData(400, "RESOURCE_ALREADY_EXISTS", typeof(ScmAlreadyExistsException))]
    [InlineData(402, null, typeof(ScmForbiddenException))]
    [InlineData(403, "CONNECTION_NOT_ENABLED", typeof(ScmPermissionException))]
    [InlineData(404, "INTERNAL_ERROR", typeof(ScmNotFoundException))]
    [InlineData(405, null, typeof(ScmNotAllowedException))]
    [InlineData(409, null, typeof(ScmConflictException))]
    [InlineData(409, "RESOURCE_ALREADY_EXISTS", typeof(ScmAlreadyExistsException))]
    [InlineData(410, null, typeof(ScmGoneException))]
    [InlineData(412, null, typeof(ScmConflictException))]
    [InlineData(422, null, typeof(ScmValidationException))]
    [InlineData(499, null, typeof(ScmException))]
    [InlineData(501, null, typeof(ScmServerException))]
    [InlineData(600, null, typeof(ScmException))]
    public async Task Any_other_error_of_the_brokers_is_told_once_by_its_status(int status, string? code, Type type)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(status, code, "Said so."), FakeAnswer.Ok);

        var error = await rig.FailAsync("GET");

        error.Should().BeOfType(type);
        error.Origin.Should().Be(ErrorOrigin.Platform);
        ((int?)error.Status).Should().Be(status);
        error.Message.Should().StartWith($"{status} from the gateway for GET /api/v1/execute_tool: Said so.");
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Theory]
    [InlineData(408, "GET", 2)]
    [InlineData(421, "PUT", 2)]
    [InlineData(408, "POST", 1)]
    [InlineData(421, "POST", 1)]
    public async Task A_connection_that_the_broker_drops_is_asked_once_more_where_that_is_safe(int status, string method, int calls)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(Enumerable.Repeat(GatewayAnswers.Platform(status, null, "Too slow."), calls).ToArray());

        (await rig.FailAsync(method)).Reason.Should().Be(ErrorReason.Transport);

        rig.Gateway.Calls.Should().HaveCount(calls);
    }

    private static async Task UnreadableAsync(string method, string rule, Type type)
    {
        await using var rig = await GatewayRig.StartAsync(new ResilienceOptions { CircuitMinimumThroughput = 2 });
        rig.Gateway.Script(new FakeAnswer(503, """{"code":14,"message":"cut o"""));

        for (var i = 0; i < 5; i++)
        {
            var error = await rig.FailAsync(method);
            error.Error.Rule.Should().Be(rule, "and a circuit that is open would say 11");
            error.Should().BeOfType(type);
            error.Origin.Should().Be(ErrorOrigin.Platform);
        }

        rig.Gateway.Calls.Should().HaveCount(5);
    }
}
