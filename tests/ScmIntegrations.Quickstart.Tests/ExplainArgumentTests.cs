namespace ScmIntegrations.Quickstart.Tests;

public sealed class ExplainArgumentTests
{
    // Were a body opened before the rest is checked, its absence would be told instead.
    private const string Missing = "/nowhere/body.json";

    [Theory]
    [InlineData("explain needs --status N, a number from 100 to 599.")]
    [InlineData("--status is '99'; it is a number from 100 to 599.", "--status", "99")]
    [InlineData("--status is '600'", "--status", "600")]
    [InlineData("--status is '-403'", "--status", "-403")]
    [InlineData("--status is '4e2'", "--status", "4e2")]
    [InlineData("--status is '99999999999999999999'", "--status", "99999999999999999999")]
    [InlineData("--status is given twice", "--status", "403", "--status", "404")]
    [InlineData("--status needs a value: --status N.", "--status")]
    [InlineData("--method is 'FETCH'; it is one of GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE.", "--status", "403", "--method", "FETCH")]
    [InlineData("--method is 'GET  /'", "--status", "403", "--method", "GET\n\u001b/")]
    [InlineData("--path is 'repos/acme'; it begins with a slash", "--status", "403", "--path", "repos/acme")]
    [InlineData("--path is 'https://api.github.com/repos/acme/api';", "--status", "403", "--path", "https://api.github.com/repos/acme/api?access_token=hidden")]
    [InlineData("--path is '/repos acme'", "--status", "403", "--path", "/repos\nacme")]
    [InlineData("--header number 1 has no colon; a header is NAME: VALUE.", "--status", "403", "--header", "hidden")]
    [InlineData("--header number 2 has control characters", "--status", "403", "--header", "A: b", "--header", "X-A: b\r\nX-GitHub-SSO: hidden")]
    [InlineData("--header number 1 has control characters", "--status", "403", "--header", "X-A: b\0hidden")]
    [InlineData("--header number 1 has no name", "--status", "403", "--header", ": hidden")]
    [InlineData("--header number 1 has no name", "--status", "403", "--header", "X GitHub: hidden")]
    [InlineData("--credential-owner is 'me'; it is one of customer, operator.", "--status", "403", "--credential-owner", "me")]
    [InlineData("--credential-owner is '1'", "--status", "403", "--credential-owner", "1")]
    [InlineData("--api-url is http://github.example.com/", "--status", "403", "--api-url", "http://github.example.com")]
    [InlineData("--token belongs to repos, tree, scan, launch, agents; explain does not take it.", "--status", "403", "--token", "hidden")]
    [InlineData("--client-id belongs to", "--status", "403", "--client-id", "hidden")]
    [InlineData("--private-key belongs to", "--status", "403", "--private-key", "/nowhere")]
    [InlineData("--installation-id belongs to", "--status", "403", "--installation-id", "1")]
    [InlineData("--org belongs to", "--status", "403", "--org", "acme")]
    [InlineData("--passes belongs to scan", "--status", "403", "--passes", "2")]
    [InlineData("explain takes no operand; 1 are given.", "403", "--status", "403")]
    public async Task Message_on_stderr_exit_2_and_nothing_read(string message, params string[] arguments)
    {
        var run = await AppRun.WithAsync(["explain", "--body", Missing, .. arguments]);

        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Errors.Should().Contain(message).And.NotContain("hidden").And.NotContain(Missing).And.NotContain("\u001b");
    }

    [Theory]
    [InlineData("'/nowhere/body.json' cannot be read", Missing)]
    [InlineData("'/' cannot be read", "/")]
    [InlineData("'/dev/zero' has more than 1048576 bytes; an error's body has fewer.", "/dev/zero")]
    public async Task Body_that_cannot_be_read_is_a_wrong_argument(string message, string path)
    {
        var run = await AppRun.WithAsync("explain", "--status", "403", "--body", path);

        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Errors.Should().Contain("--body: " + message);
    }

    [Theory]
    [InlineData("repos", "--status", "403")]
    [InlineData("scan", "--header", "A: b")]
    [InlineData("scan", "--body", "-")]
    [InlineData("repos", "--credential-owner", "operator")]
    public async Task Other_commands_do_not_take_an_answer(params string[] arguments)
    {
        var run = await AppRun.WithAsync([.. arguments, "--token", "t"]);

        run.ExitCode.Should().Be(2);
        run.Errors.Should().Contain($"{arguments[1]} belongs to explain; {arguments[0]} does not take it.");
    }

    [Fact]
    public async Task Values_may_follow_an_equals_sign_and_headers_add_up()
    {
        var run = await AppRun.WithAsync(
            "explain", "--json", "--status=429", "--header=Retry-After:90", "--header", "date:Mon, 02 Nov 2026 10:00:00 GMT", "--header", "X-GITHUB-REQUEST-ID:  A:B  ", "--header=X-Blank:");

        var line = run.Lines.Single();
        (line.Text("retryAt"), line.Text("requestId")).Should().Be(("2026-11-02T10:01:30Z", "A:B"));
    }
}
