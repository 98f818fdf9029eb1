using System.Text;
using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.Tests.CodingAgents.Transport;

/// <summary>Whatever a service sends as an error is read, and never throws.</summary>
public sealed class AgentErrorReaderTests
{
    [Theory]
    [InlineData("""{"error":{"code":"agent_busy","message":"Wait."}}""", "agent_busy", "Wait.", true)]
    [InlineData("""{"error":{"message":"Wait."}}""", null, "Wait.", true)]
    [InlineData("""{"error":{"code":"agent_busy"}}""", "agent_busy", null, true)]
    [InlineData("""{"error":{"code":429,"message":"Wait.","status":"RESOURCE_EXHAUSTED"}}""", "RESOURCE_EXHAUSTED", "Wait.", true)]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Later."}}""", "overloaded_error", "Later.", true)]
    [InlineData("""{"error":"Too Many Requests","message":"Slow down."}""", null, "Slow down.", true)]
    [InlineData("""{"error":"unauthorized","message":"Bad key."}""", "unauthorized", "Bad key.", true)]
    [InlineData("""{"error":"Too Many Requests"}""", null, "Too Many Requests", false)]
    [InlineData("""{"code":"cursor_expired"}""", "cursor_expired", null, false)]
    [InlineData("""{"message":"No."}""", null, "No.", false)]
    [InlineData("""{"detail":"Not Found"}""", null, "Not Found", false)]
    [InlineData("\"No.\"", null, "No.", false)]
    [InlineData("upstream connect error", null, "upstream connect error", false)]
    [InlineData("\uFEFF {\"message\":\"No.\"}", null, "No.", false)]
    [InlineData("<!DOCTYPE html><html>404</html>", null, null, false)]
    [InlineData("", null, null, false)]
    [InlineData(" \r\n\t", null, null, false)]
    [InlineData("{}", null, null, false)]
    [InlineData("[]", null, null, false)]
    [InlineData("null", null, "null", false)]
    [InlineData("{\"error\":{\"code\":\"cut o", null, null, false)]
    [InlineData("""{"error":null,"message":null}""", null, null, false)]
    [InlineData("""{"error":{"code":{},"message":[]}}""", null, null, false)]
    [InlineData("""{"error":{"code":" ","message":""}}""", null, null, false)]
    [InlineData("""{"error":{"message":"\ud800"}}""", null, null, false)]
    public void Every_body_is_read_as_far_as_it_goes(string body, string? code, string? message, bool isServices) =>
        AgentErrorReader.Read(Encoding.UTF8.GetBytes(body)).Should().Be(new AgentErrorBody(code, message, isServices));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Bytes_that_are_no_text_do_no_harm(int seed)
    {
        var bytes = new byte[500];
        new Random(seed).NextBytes(bytes);
        foreach (var start in (byte[])[(byte)'{', (byte)'"', (byte)'a'])
        {
            bytes[0] = start;
            AgentErrorReader.Read(bytes).IsServices.Should().BeFalse();
        }

        AgentErrorReader.Read(Encoding.UTF8.GetBytes(new string('{', 100_000))).Should().Be(AgentErrorBody.Nothing);
    }

    [Fact]
    public void A_secret_that_is_repeated_is_masked_wherever_it_stands()
    {
        const string secret = "key_abc";

        var read = AgentErrorReader.Read(Encoding.UTF8.GetBytes($$$"""{"error":{"code":"{{{secret}}}","message":"The key '{{{secret}}}' is bad."}}"""), secret);

        read.Should().Be(new AgentErrorBody("***", "The key '***' is bad.", true));
        AgentErrorReader.Read(Encoding.UTF8.GetBytes($"bad: {secret}"), secret).Message.Should().Be("bad: ***");
    }

    [Fact]
    public void A_long_text_is_cut() =>
        AgentErrorReader.Read(Encoding.UTF8.GetBytes(new string('a', 100_000))).Message!.Length.Should().BeLessThan(1100);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(39)]
    public void A_secret_that_the_bound_goes_through_is_masked_whole(int inside)
    {
        const string secret = "key_0123456789abcdef0123456789abcdef0123";
        var text = new string('a', Redaction.MaxLength - inside - 1) + " " + secret + " is bad";

        AgentErrorReader.Read(Encoding.UTF8.GetBytes(text), secret).Message.Should().NotContain("key").And.NotContain("ke…");
    }
}
