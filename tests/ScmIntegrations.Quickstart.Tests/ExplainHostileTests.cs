using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Quickstart.Tests;

/// <summary>A pasted answer comes from anywhere: it must not leak, lead away, or write lines of its own.</summary>
public sealed class ExplainHostileTests
{
    private const string Secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    [Theory]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("ghs_1234_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl")]
    [InlineData("github_pat_11ABCDEFG0abcdefghij_klmnopqrstuv")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl")]
    public async Task Secret_is_printed_from_nowhere(string secret)
    {
        using var body = new BodyFile($$"""{"message":"You sent {{secret}}.","errors":["bad {{secret}}"],"documentation_url":"https://docs.github.com/rest?x={{secret}}"}""");
        string[] arguments =
        [
            "explain", "--status", "403", "--path", $"/repos/acme/{secret}?access_token={secret}", "--body", body.Path,
            "--header", $"X-GitHub-Request-Id: {secret}", "--header", $"X-Accepted-GitHub-Permissions: {secret}", "--header", $"Authorization: Bearer {secret}",
        ];

        foreach (var json in (string[][])[["--json"], []])
        {
            var run = await AppRun.WithAsync([.. arguments, .. json]);

            run.ExitCode.Should().Be(0);
            run.Output.Should().Contain("You sent ***");
            (run.Output + run.Errors).Should().NotContain(secret).And.NotContain("c2lnbmF0dXJl");
        }
    }

    [Theory]
    [InlineData("required; url=https://github.com.evil.example/orgs/acme/sso")]
    [InlineData("required; url=https://evil.example/orgs/acme/sso")]
    [InlineData("required; url=https://github.com@evil.example/sso")]
    [InlineData("required; url=http://github.com/evil.example")]
    [InlineData("required; url=//evil.example/sso")]
    [InlineData("required; url=javascript:alert('evil.example')")]
    [InlineData("required; url=https://github.com:8443/evil.example")]
    public async Task Page_on_another_host_is_not_printed(string header)
    {
        foreach (var json in (string[][])[["--json"], []])
        {
            var run = await AppRun.WithAsync(["explain", "--status", "403", "--header", $"X-GitHub-SSO: {header}", .. json]);

            run.Output.Should().Contain("saml_sso_required").And.NotContain("evil.example");
        }
    }

    [Fact]
    public async Task Words_of_the_answer_write_no_lines_of_their_own()
    {
        const string breaks = "a\r\nReason         fake\u2028Reason         fake\u0085\u001b[31mred\u202Eback";
        using var body = new BodyFile(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal) { ["message"] = breaks, ["errors"] = new[] { breaks } }, JsonSerializerOptions.Default));

        var run = await AppRun.WithAsync("explain", "--status", "403", "--body", body.Path, "--header", "X-GitHub-Request-Id: a\u2028Reason         fake");

        run.Output.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("Reason", StringComparison.Ordinal)).Should().ContainSingle();
        run.Output.Should().NotContainAny("\r", "\u2028", "\u0085", "\u001b", "\u202E");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"message":{"a":1},"errors":{"x":[]},"block":7}""")]
    [InlineData("""{"message":"\ud800"}""")]
    [InlineData("<html><body>API rate limit exceeded</body></html>")]
    public async Task Body_of_any_shape_is_explained_by_its_status(string text)
    {
        using var body = new BodyFile(text);

        var run = await AppRun.WithAsync("explain", "--status", "404", "--json", "--body", body.Path);

        (run.ExitCode, run.Lines.Single().Text("reason")).Should().Be((0, "not_found"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_explained_by_their_status()
    {
        using var body = new BodyFile([.. Enumerable.Range(0, 64 * 1024).Select(number => (byte)(number * 7))]);

        var plain = await AppRun.WithAsync("explain", "--status", "502", "--body", body.Path);

        plain.Output.Should().Contain("server_error");
        plain.Output.Where(char.IsControl).Should().OnlyContain(character => character == '\n');
        plain.Output.Length.Should().BeLessThan(4096);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2)]
    public async Task Body_is_read_up_to_a_mebibyte(int over, int exitCode)
    {
        using var body = new BodyFile(Encoding.UTF8.GetBytes($$"""{"message":"{{Secret}} Not Found"}""".PadRight((1024 * 1024) + over)));

        var run = await AppRun.WithAsync("explain", "--status", "404", "--body", body.Path);

        run.ExitCode.Should().Be(exitCode);
        (run.Output + run.Errors).Should().Contain(exitCode == 0 ? "*** Not Found" : $"'{body.Path}' has more than 1048576 bytes").And.NotContain(Secret);
    }

    [Fact]
    public async Task Mark_of_an_editor_does_not_hide_the_body()
    {
        using var body = new BodyFile([0xEF, 0xBB, 0xBF, .. """{"message":"Git Repository is empty.","documentation_url":"https://docs.github.com/rest"}"""u8]);

        var run = await AppRun.WithAsync("explain", "--status", "409", "--json", "--body", body.Path);

        run.Lines.Single().Text("documentationUrl").Should().Be("https://docs.github.com/rest");
    }
}
