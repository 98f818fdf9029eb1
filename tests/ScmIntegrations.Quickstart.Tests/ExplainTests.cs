namespace ScmIntegrations.Quickstart.Tests;

public sealed class ExplainTests
{
    [Fact]
    public async Task Line_for_programs_has_every_fact()
    {
        using var body = new BodyFile(
            """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}],"documentation_url":"https://docs.github.com/rest/issues"}""");

        var run = await AppRun.WithAsync(
            "explain", "--json", "--status=422", "--method", "post", "--path", "/repos/acme/api/issues?title=", "--body", body.Path,
            "--header", "x-github-request-id:ABCD:1", "--header", "X-ACCEPTED-GITHUB-PERMISSIONS: issues=write");

        (run.ExitCode, run.Errors, run.Output).Should().Be((0, "", """
            {"type":"explanation","exception":"ScmValidationException","status":422,"reason":"validation_failed","origin":"github","owner":"developer","advice":"Correct the request: the errors say which field and why.",
            """ + """
            "fixUrl":null,"retryAt":null,"message":"422 for POST /repos/acme/api/issues: Validation Failed","requestId":"ABCD:1","documentationUrl":"https://docs.github.com/rest/issues",
            """ + """
            "transient":false,"expected":false,"rule":"41","acceptedPermissions":"issues=write","validationErrors":["Issue title missing_field"]}
            """ + "\n"));
    }

    [Theory]
    [InlineData("200")]
    [InlineData("204", "--method", "DELETE")]
    [InlineData("304")]
    [InlineData("202", "--method", "POST")]
    public async Task Answer_that_is_no_error_is_said_to_be_none(string status, params string[] more)
    {
        var plain = await AppRun.WithAsync(["explain", "--status", status, .. more]);
        var line = (await AppRun.WithAsync(["explain", "--status", status, "--json", .. more])).Lines.Single();

        (plain.ExitCode, plain.Errors).Should().Be((0, ""));
        plain.Output.Should().Be($"{status} to {(more is [_, var method] ? method : "GET")} means no error.\n");
        (line.Text("type"), line.Number("status")).Should().Be(("explanation", int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)));
        (line.IsNull("reason"), line.IsNull("owner"), line.IsNull("advice"), line.IsNull("rule"), line.IsNull("transient")).Should().Be((true, true, true, true, true));
    }

    [Theory]
    [InlineData("not_ready", "202")]
    [InlineData("not_found", "404", "--path", "/repos/acme/api")]
    [InlineData("installation_gone", "404", "--path", "/app/installations/42/access_tokens", "--method", "POST")]
    [InlineData("saml_partial_results", "200", "--header", "X-GitHub-SSO: partial-results; organizations=1,2")]
    [InlineData("server_error", "599")]
    [InlineData("unknown", "100")]
    public async Task Status_method_path_and_headers_all_count(string reason, string status, params string[] more)
    {
        var run = await AppRun.WithAsync(["explain", "--json", "--status", status, .. more]);

        run.Lines.Single().Text("reason").Should().Be(reason);
    }

    [Theory]
    [InlineData("user", true)]
    [InlineData("user", true, "--credential-owner", "customer")]
    [InlineData("operator", false, "--credential-owner", "Operator")]
    public async Task Owner_of_the_credential_decides_who_acts(string owner, bool expected, params string[] more)
    {
        var run = await AppRun.WithAsync(["explain", "--json", "--status", "401", .. more]);

        var line = run.Lines.Single();
        (line.Text("owner"), line.GetProperty("expected").GetBoolean()).Should().Be((owner, expected));
    }

    [Fact]
    public async Task Write_whose_end_is_unknown_comes_with_a_warning()
    {
        var run = await AppRun.WithAsync("explain", "--status", "502", "--method", "POST", "--path", "/repos/acme/api/issues");

        run.Output.Should().Contain("\nBeware         the request was sent, and may have been carried out.");
    }

    [Fact]
    public async Task Accepted_permissions_are_printed_as_alternatives()
    {
        var run = await AppRun.WithAsync("explain", "--status", "403", "--header", "X-Accepted-GitHub-Permissions: contents=write,workflows=write; administration=write");

        run.Output.Should().Contain("\nAccepted       contents=write and workflows=write; or administration=write\n");
    }

    [Fact]
    public async Task Page_of_another_github_is_printed_when_that_github_answered()
    {
        string[] arguments = ["explain", "--status", "403", "--header", "X-GitHub-SSO: required; url=https://acme.ghe.com/orgs/acme/sso"];

        var elsewhere = await AppRun.WithAsync(arguments);
        var typed = await AppRun.WithAsync([.. arguments, "--api-url", "https://api.acme.ghe.com"]);
        var inherited = await AppRun.WithEnvironmentAsync([("GITHUB_API_URL", "https://api.acme.ghe.com")], arguments);

        elsewhere.Output.Should().NotContain("ghe.com");
        (typed.Output, inherited.Output).Should().Be((inherited.Output, typed.Output));
        typed.Output.Should().Contain("\nWhere          https://acme.ghe.com/orgs/acme/sso\n");
    }

    [Fact]
    public async Task Token_of_the_environment_is_neither_needed_nor_in_the_way()
    {
        var without = await AppRun.WithAsync("explain", "--status", "404");
        var with = await AppRun.WithEnvironmentAsync([("GITHUB_TOKEN", "not a token at all")], "explain", "--status", "404");

        with.Should().Be(without);
        without.ExitCode.Should().Be(0);
    }
}
