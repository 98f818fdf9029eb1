using System.Text;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.ToolGateways;

namespace ScmIntegrations.Tests.ToolGateways;

/// <summary>An error that cannot be read is told by its status, never retried, and logged at debug.</summary>
public sealed class MalformedErrorTests
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("{\"a\":[", 5000));

    private static readonly Dictionary<string, byte[]> Broken = new(StringComparer.Ordinal)
    {
        ["truncated in the code"] = "{\"code\":16,\"message\":\"x\",\"details\":[{\"@type\":\"type.googleapis.com/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"TOOL"u8.ToArray(),
        ["truncated at once"] = "{"u8.ToArray(),
        ["nested too deep"] = Encoding.UTF8.GetBytes(Deep),
        ["huge"] = Encoding.UTF8.GetBytes("{\"code\":16,\"message\":\"" + new string('x', 100_000) + "\",\"details\":[]}"),
        ["details an object"] = "{\"code\":16,\"details\":{}}"u8.ToArray(),
        ["details a text"] = "{\"code\":16,\"details\":\"none\"}"u8.ToArray(),
        ["a detail a number"] = "{\"code\":16,\"details\":[7]}"u8.ToArray(),
        ["a detail without a type"] = "{\"code\":16,\"details\":[{\"error_code\":\"UNAUTHENTICATED\"}]}"u8.ToArray(),
        ["code an object"] = "{\"code\":16,\"details\":[{\"@type\":\"/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":{}}]}"u8.ToArray(),
        ["code half a surrogate"] = "{\"code\":16,\"details\":[{\"@type\":\"/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"\\ud800\"}]}"u8.ToArray(),
        ["code no utf-8"] = [.. "{\"code\":16,\"details\":[{\"@type\":\"/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\""u8, 0xC3, 0x28, .. "\"}]}"u8],
        ["name half a surrogate"] = "{\"code\":16,\"details\":[{\"\\ud800\":1}]}"u8.ToArray(),
        ["two values"] = "{\"code\":16}{\"code\":16}"u8.ToArray(),
    };

    private static readonly Dictionary<string, byte[]> Strange = new(StringComparer.Ordinal)
    {
        ["a page"] = "<!DOCTYPE html><h1>401</h1>"u8.ToArray(),
        ["a text"] = "no healthy upstream"u8.ToArray(),
        ["bytes"] = [0x00, 0xFF, 0xFE, 0x80],
        ["an array"] = "[]"u8.ToArray(),
        ["another form"] = "{\"error\":\"unauthorized\"}"u8.ToArray(),
        ["a provider's own words"] = "{\"message\":\"Bad credentials\",\"documentation_url\":\"https://docs.github.com\"}"u8.ToArray(),
        ["a proxy's form with a key more"] = "{\"detail\":\"x\",\"code\":\"UNAUTHORIZED\",\"more\":1}"u8.ToArray(),
        ["a proxy's form with a key less"] = "{\"code\":\"UNAUTHORIZED\"}"u8.ToArray(),
        ["a proxy's form without a text"] = "{\"detail\":[],\"code\":\"UNAUTHORIZED\"}"u8.ToArray(),
    };

    public static TheoryData<string, string, int> EveryBroken => Cross(Broken, 401, 429, 500, 502, 503);

    public static TheoryData<string, string, int> EveryStrange => Cross(Strange, 401, 429, 500, 502);

    [Theory]
    [MemberData(nameof(EveryBroken))]
    public async Task What_cannot_be_read_is_final(string body, string method, int status)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new(status, Broken[body]), FakeAnswer.Ok);

        var error = await rig.FailAsync(method);

        IsFinal(rig, error, status);
        error.Error.Rule.Should().StartWith("54");
        error.Should().BeOfType(status is 401 ? typeof(ScmUnauthorizedException) : status is 429 ? typeof(ScmRateLimitException)
            : method is "POST" ? typeof(ScmAmbiguousWriteException) : typeof(ScmServerException));
    }

    [Theory]
    [MemberData(nameof(EveryStrange))]
    public async Task What_a_stranger_says_neither_refreshes_nor_repeats(string body, string method, int status)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new(status, Strange[body]), FakeAnswer.Ok);

        IsFinal(rig, await rig.FailAsync(method), status);
    }

    [Theory]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"TOOL_ERROR\",\"tool_err")]
    [InlineData("{\"code\":16,\"details\":{\"error_code\":\"TOOL_ERROR\"}}")]
    [InlineData("{\"code\":16,\"details\":[{\"error_code\":\"TOOL_ERROR\"}]}")]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v2.errdetails.ErrorInfo\",\"error_code\":\"TOOL_ERROR\"}]}")]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"UNAUTHENTICATED\"},{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"TOOL_ERROR\"}]}")]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"tool_error_info\":{\"tool_error_code\":\"FORBIDDEN\"}}]}")]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"TOOL_ERROR\"}]}")]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"TOOL\\u005FERROR\",\"tool_error_info\":\"\\ud800\"}]}")]
    [InlineData("{\"error_code\":\"TOOL_ERROR\"}")]
    [InlineData("{\"detail\":\"x\",\"code\":\"TOOL_ERROR\"}")]
    [InlineData("<p>TOOL_ERROR</p>")]
    public async Task Any_sign_of_a_provider_makes_it_the_providers(string body)
    {
        foreach (var (status, type) in new[] { (401, typeof(ScmProviderUnauthorizedException)), (429, typeof(ScmProviderRateLimitException)), (503, typeof(ScmProviderServerException)) })
        {
            await using var rig = await GatewayRig.StartAsync();
            rig.Gateway.Script(new(status, body), FakeAnswer.Ok);

            (await rig.FailAsync("GET")).Should().BeOfType(type);

            rig.Gateway.Calls.Should().ContainSingle();
            rig.Gateway.TokenRequests.Should().ContainSingle();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("{\"code\":16,\"message\":\"m\"}")]
    [InlineData("\uFEFF{\"code\":16,\"message\":\"m\"}")]
    [InlineData("{\"code\":16,\"message\":\"m\",\"details\":null}")]
    [InlineData("{\"code\":16,\"message\":\"m\",\"details\":[]}")]
    [InlineData("{\"code\":16,\"message\":\"\\ud800\",\"details\":[{\"@type\":\"x/google.rpc.Help\"}]}")]
    [InlineData("{\"code\":3,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"errorCode\":\"UNAUTHENTICATED\",\"tool_error_info\":null}]}")]
    [InlineData("{\"code\":16,\"details\":[{\"@type\":\"x/scalekit.v1.errdetails.ErrorInfo\",\"error_code\":\"\",\"tool_error_info\":{}}]}")]
    [InlineData("{\"detail\":\"Token expired\",\"code\":\"UNAUTHORIZED\"}")]
    public async Task What_is_only_short_is_the_platforms(string body)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new(401, body), FakeAnswer.Ok);

        (await rig.CallAsync()).Should().Be("done");

        rig.Gateway.TokenRequests.Should().HaveCount(2);
        rig.Log.Lines.Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET", 503, "")]
    [InlineData("POST", 401, "")]
    [InlineData("GET", 503, "{\"code\":14")]
    public async Task An_error_that_breaks_off_is_final_and_keeps_its_status(string method, int status, string begun)
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Gateway.Script(new FakeAnswer(status, begun) { Breaks = true }.With("Content-Length", "100"), FakeAnswer.Ok);

        var error = await rig.FailAsync(method);

        IsFinal(rig, error, status);
        error.InnerException.Should().NotBeNull("what broke the body off is the cause");
    }

    [Fact]
    public void No_body_makes_the_reader_throw()
    {
        var random = new Random(7);
        var sound = Encoding.UTF8.GetBytes(GatewayAnswers.ProviderBody(GatewayAnswers.Hidden("\"404\"")));
        for (var length = 0; length <= sound.Length; length++)
        {
            GatewayErrorReader.Read(sound.AsMemory(0, length), isWhole: false).Speaker.Should().NotBe(ErrorSpeaker.Platform, "what is cut off is nobody's, or a provider's");
        }

        for (var i = 0; i < 20_000; i++)
        {
            var body = sound.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            GatewayErrorReader.Read(body, isWhole: true).Should().NotBeNull();
        }
    }

    [Fact]
    public void A_token_that_the_bound_of_a_text_goes_through_is_masked_whole()
    {
        const string token = "zzz-0123456789abcdef0123456789abcdef0123";
        var body = Encoding.UTF8.GetBytes(new string('a', 1003) + " " + token + " is bad");

        GatewayErrorReader.Read(body, isWhole: true, SentSecrets.Of(new GatewayToken(token), [])).Message.Should().NotContain("zzz");
    }

    [Fact]
    public async Task A_log_that_fails_does_not_become_the_calls_error()
    {
        await using var rig = await GatewayRig.StartAsync();
        rig.Log.Throws = true;
        rig.Gateway.Script(new FakeAnswer(503, "{"));

        (await rig.FailAsync("GET")).Should().BeOfType<ScmServerException>();
    }

    private static void IsFinal(GatewayRig rig, ScmException error, int status)
    {
        error.Origin.Should().Be(ErrorOrigin.Platform);
        ((int?)error.Status).Should().Be(status);
        rig.Gateway.Calls.Should().ContainSingle();
        rig.Gateway.TokenRequests.Should().ContainSingle();
        rig.Retried.Should().BeEmpty();
        var line = rig.Log.Lines.Should().ContainSingle().Subject;
        line.Level.Should().Be(LogLevel.Debug);
        line.Event.Id.Should().Be(1301);
        line.Fields["Status"].Should().Be(status);
    }

    private static TheoryData<string, string, int> Cross(Dictionary<string, byte[]> bodies, params int[] statuses)
    {
        var data = new TheoryData<string, string, int>();
        foreach (var body in bodies.Keys)
        {
            foreach (var status in statuses)
            {
                data.Add(body, "GET", status);
                data.Add(body, "POST", status);
            }
        }

        return data;
    }
}
