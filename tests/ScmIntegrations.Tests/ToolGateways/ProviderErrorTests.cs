using System.Text.Json.Nodes;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>A provider's error is typed by the provider's own status and says what is known of it.</summary>
public sealed class ProviderErrorTests
{
    [Theory]
    [InlineData(400, typeof(ScmProviderValidationException), typeof(ScmValidationException), ErrorReason.ValidationFailed)]
    [InlineData(401, typeof(ScmProviderUnauthorizedException), typeof(ScmUnauthorizedException), ErrorReason.BadCredentials)]
    [InlineData(403, typeof(ScmProviderForbiddenException), typeof(ScmForbiddenException), ErrorReason.PermissionMissing)]
    [InlineData(404, typeof(ScmProviderNotFoundException), typeof(ScmNotFoundException), ErrorReason.NotFound)]
    [InlineData(409, typeof(ScmProviderConflictException), typeof(ScmConflictException), ErrorReason.Conflict)]
    [InlineData(422, typeof(ScmProviderValidationException), typeof(ScmValidationException), ErrorReason.ValidationFailed)]
    [InlineData(429, typeof(ScmProviderRateLimitException), typeof(ScmRateLimitException), ErrorReason.SecondaryRateLimit)]
    [InlineData(500, typeof(ScmProviderServerException), typeof(ScmServerException), ErrorReason.ServerError)]
    [InlineData(503, typeof(ScmProviderServerException), typeof(ScmServerException), ErrorReason.ServerError)]
    [InlineData(418, typeof(ScmProviderException), typeof(ScmException), ErrorReason.Unknown)]
    [InlineData(601, typeof(ScmProviderException), typeof(ScmException), ErrorReason.Unknown)]
    public async Task The_status_makes_the_type(int status, Type type, Type statusType, ErrorReason reason)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(status, "No.", "SOME_CODE", "exec_1"));

        var error = await rig.FailAsync();

        error.Should().BeOfType(type).And.BeAssignableTo(statusType);
        error.Reason.Should().Be(reason);
        var provider = error.Should().BeAssignableTo<IProviderError>().Subject;
        provider.ProviderErrorCode.Should().Be("SOME_CODE");
        provider.ProviderMessage.Should().Be("No.");
        provider.ExecutionId.Should().Be("exec_1");
        provider.ProviderStatus.Should().Be(status < 600 ? status : null);
        error.Message.Should().Be($"{status} from the provider behind POST /api/v1/execute_tool: No. (code: SOME_CODE) (execution: exec_1)");
    }

    [Theory]
    [InlineData("""{"message":"Not Found","status":"404"}""", 404, "Not Found")]
    [InlineData("""{"message":"Not Found","status":404}""", 404, "Not Found")]
    [InlineData("""{"message":"Not Found","status":" 404 "}""", 404, "Not Found")]
    [InlineData("""{"status":"429"}""", 429, """{"status":"429"}""")]
    [InlineData("""{"message":"{\"message\":\"Update is not a fast forward\",\"status\":\"409\"}","status":"400"}""", 409, "Update is not a fast forward")]
    [InlineData("""{"error":{"message":"sha wasn't supplied","status":422}}""", 422, "sha wasn't supplied")]
    [InlineData("""{"message":"{\"message\":\"Deep\"}","status":"403"}""", 403, "Deep")]
    [InlineData("""
        "{\"message\":\"Not Found\",\"status\":\"404\"}"
        """, 404, "Not Found")]
    [InlineData("""GitHub said {"message":"Not Found","status":"404"}, and no more""", 404, "Not Found")]
    public async Task The_real_status_is_found_in_the_message(string message, int status, string words)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(400, message, "INTERNAL_ERROR"));

        var error = await rig.FailAsync();

        var provider = error.Should().BeAssignableTo<IProviderError>().Subject;
        provider.ProviderStatus.Should().Be(status);
        provider.ProviderMessage.Should().Be(words);
        ((int?)error.Status).Should().Be(status);
        error.Reason.Should().Be(ProviderExceptions.ReasonOf(status));
        error.GetType().Should().Be(ProviderExceptions.Create(error.Error, null).GetType());
    }

    [Theory]
    [InlineData("""{"message":"x","status":"99"}""")]
    [InlineData("""{"message":"x","status":200}""")]
    [InlineData("""{"message":"x","status":600}""")]
    [InlineData("""{"message":"x","status":-404}""")]
    [InlineData("""{"message":"x","status":404.5}""")]
    [InlineData("""{"message":"x","status":4040404040404040404040}""")]
    [InlineData("""{"message":"x","status":"four"}""")]
    [InlineData("""{"message":"x","status":null}""")]
    [InlineData("""{"message":"x","status":[404]}""")]
    [InlineData("""{"message":"x","status":"404""")]
    [InlineData("""{"status":"\ud800"}""")]
    [InlineData("{}")]
    [InlineData("}{")]
    [InlineData("[404]")]
    [InlineData("404")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_status_that_is_none_leaves_that_of_the_answer(string? message)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(409, message));

        (await rig.FailAsync()).Should().BeOfType<ScmProviderConflictException>().Which.ProviderStatus.Should().Be(409);
        rig.Gateway.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_message_that_wraps_itself_without_end_is_read_a_few_layers_deep()
    {
        var message = GatewayAnswers.Hidden("404");
        for (var i = 0; i < 12; i++)
        {
            message = "{\"message\":" + JsonValue.Create(message).ToJsonString() + "}";
        }

        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(400, message));

        (await rig.FailAsync()).Should().BeOfType<ScmProviderValidationException>();
    }

    [Fact]
    public async Task The_status_is_found_in_the_gateways_message_when_the_providers_is_missing()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(400, "TOOL_ERROR", """{"message":"Gone fishing","status":"429"}"""));

        (await rig.FailAsync()).Should().BeOfType<ScmProviderRateLimitException>().Which.ProviderMessage.Should().Be("Gone fishing");
    }

    [Fact]
    public async Task A_handler_for_limits_sees_the_platforms_and_the_providers()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Platform(429), GatewayAnswers.Provider(429), GatewayAnswers.Provider(400, GatewayAnswers.Hidden("429")));
        var seen = new List<bool>();

        for (var i = 0; i < 3; i++)
        {
            try
            {
                await rig.CallAsync();
            }
            catch (ScmRateLimitException limit) when (limit.RetryAt is not null)
            {
                seen.Add(limit is IProviderError);
            }
        }

        seen.Should().Equal(false, true, true);
    }

    [Fact]
    public async Task Fields_may_be_in_lower_camel_case()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new FakeAnswer(400, GatewayAnswers.CamelCase(GatewayAnswers.ProviderBody(GatewayAnswers.Hidden("404"), "C", "E"))));

        var error = (await rig.FailAsync()).Should().BeOfType<ScmProviderNotFoundException>().Subject;

        error.Error.Provider.Should().Be(new ProviderAnswer("C", "Not Found", "E", 404));
    }

    [Fact]
    public async Task The_http_status_wins_over_the_code_of_the_status()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new FakeAnswer(404, """{"code":16,"message":"m","details":[]}"""));

        (await rig.FailAsync()).Should().BeOfType<ScmNotFoundException>();
        rig.Gateway.TokenRequests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("Retry-After", "12", null, 12)]
    [InlineData("Retry-After", "Thu, 01 Jan 2026 00:01:30 GMT", null, 90)]
    [InlineData("Retry-After", "0", null, 1)]
    [InlineData("Retry-After", "soon", "12s", 12)]
    [InlineData("X-Nothing", "", "1.5s", 1.5)]
    [InlineData("X-Nothing", "", "-3s", 60)]
    [InlineData("X-Nothing", "", "1e9s", 60)]
    [InlineData("X-Nothing", "", "12", 60)]
    [InlineData("X-Nothing", "", null, 60)]
    public async Task A_limit_says_when_to_come_back(string header, string value, string? retryDelay, double seconds)
    {
        await using var rig = await GatewayRig.StartAsync();
        var body = retryDelay is null ? GatewayAnswers.PlatformBody(null) : GatewayAnswers.Status(
            "m", new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.RetryInfo", ["retryDelay"] = retryDelay });
        rig.Gateway.Script(new FakeAnswer(429, body).With(header, value).With("Date", "Thu, 01 Jan 2026 00:00:00 GMT"));

        (await rig.FailAsync()).RetryAt.Should().Be(rig.Time.GetUtcNow().AddSeconds(seconds));
    }

    [Fact]
    public async Task Foreign_words_are_cleaned()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(GatewayAnswers.Provider(400, "a\u0000b\r\nghp_0123456789abcdef token-1 " + new string('x', 9000), "co\u0007de ghs_secret", "ex\u202Eec ghs_secret"));

        var error = await rig.FailAsync();

        var all = $"{error} {error.Error} {error.Explain()} {error.Error.Provider}";
        all.Should().NotContain("ghp_").And.NotContain("ghs_").And.NotContain("token-1").And.NotContain("\u0000").And.NotContain("\u202E").And.NotContain("query");
        error.Message.Length.Should().BeLessThan(4000);
    }
}
