using ScmIntegrations.Testing;

namespace ScmIntegrations.Quickstart.Tests;

public sealed class ToolTests
{
    private static readonly string[] Create = ["tool", "github_issue_create", "--identifier", "ada", "--params", """{"title":"Hello"}"""];

    [Fact]
    public async Task A_result_is_exactly_one_line()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Succeeded("""{ "number": 7, "labels": ["a", null, true], "title": "Hello" }"""));

        var run = await gateway.RunAsync(Create);

        run.ExitCode.Should().Be(0, run.Errors);
        var execution = gateway.Server.Executions.Single();
        run.Output.Should().Be(
            $$$"""{"type":"tool","tool":"github_issue_create","executionId":"{{{execution.ExecutionId}}}","data":{"number":7,"labels":["a",null,true],"title":"Hello"}}""" + "\n");
        execution.Params.Should().Be("""{"title":"Hello"}""");
    }

    [Fact]
    public async Task People_see_the_execution_and_what_it_gave()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Succeeded("""{"number":7}"""));

        var run = await gateway.RunForPeopleAsync(Create);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().Be($"github_issue_create: execution {gateway.Server.Executions.Single().ExecutionId}\n{{\n  \"number\": 7\n}}\n");
    }

    [Fact]
    public async Task All_that_names_the_account_chooses_it()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Succeeded());
        gateway.Server.AddAccount("github-2", "ada", "acme", "7");
        gateway.Server.AddAccount("github-2", "ada", "evil", "7");

        var run = await gateway.RunAsync([.. Create, "--connection", "github-2", "--organization", "acme", "--user", "7"]);

        run.ExitCode.Should().Be(0, run.Errors);
        var account = gateway.Server.Executions.Single().Account;
        (account.Connector, account.OrganizationId, account.UserId).Should().Be(("github-2", "acme", "7"));
    }

    [Fact]
    public async Task What_a_provider_said_stands_in_the_error()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.FailedAtGitHub(422, "Title is missing."));

        var run = await gateway.RunAsync(Create);

        run.ExitCode.Should().Be(1);
        run.Lines.Single().Text("type").Should().Be("error");
        var error = run.Lines.Single().GetProperty("error");
        error.Names().Should().Equal(
            "type", "reason", "origin", "status", "retryAt", "requestId", "fixUrl", "message", "owner", "advice", "providerCode", "providerStatus", "executionId");
        (error.Text("type"), error.Text("origin"), error.Text("providerCode"), error.Number("providerStatus"), error.Text("executionId"))
            .Should().Be(("ScmProviderValidationException", "provider", "INTERNAL_ERROR", 422, gateway.Server.Executions.Single().ExecutionId));
        error.Text("message").Should().Contain("Title is missing.");
    }

    [Fact]
    public async Task A_providers_limit_is_told_at_once()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Failed(429, "RATE_LIMIT_EXCEEDED", "Slow down."));

        var run = await gateway.RunAsync(Create);

        var error = run.Lines.Single().GetProperty("error");
        (error.Text("type"), error.Text("providerCode")).Should().Be(("ScmProviderRateLimitException", "RATE_LIMIT_EXCEEDED"));
        gateway.Server.Executions.Should().ContainSingle();
    }

    [Fact]
    public async Task An_error_of_the_gateways_own_has_nothing_of_a_provider()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Succeeded());

        var run = await gateway.RunAsync("tool", "nothing_of_the_kind", "--identifier", "ada", "--params", "{}");

        run.ExitCode.Should().Be(1);
        var error = run.Lines.Single().GetProperty("error");
        error.Text("origin").Should().Be("platform");
        (error.IsNull("providerCode"), error.IsNull("providerStatus"), error.IsNull("executionId")).Should().Be((true, true, true));
    }

    [Fact]
    public async Task People_are_told_what_the_provider_said_and_the_execution()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.FailedAtGitHub(422, "Title is missing."));

        var run = await gateway.RunForPeopleAsync(Create);

        (run.ExitCode, run.Output).Should().Be((1, ""));
        run.Errors.Should().Contain("Provider       422 INTERNAL_ERROR Title is missing.").And.Contain($"Execution id   {gateway.Server.Executions.Single().ExecutionId}");
    }

    [Fact]
    public async Task A_secret_in_the_data_is_masked_however_it_is_written()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Succeeded(
            $$$"""{"plain":"Bearer {{{Gateway.ClientSecret}}}","\u0063{{{Gateway.ClientSecret[1..]}}}":["\u0063{{{Gateway.ClientSecret[1..]}}}"]}"""));

        foreach (var run in new[] { await gateway.RunAsync(Create), await gateway.RunForPeopleAsync(Create) })
        {
            run.ExitCode.Should().Be(0, run.Errors);
            run.Output.Should().Contain("\"Bearer ***\"").And.NotContain(Gateway.ClientSecret[1..]);
        }
    }

    [Fact]
    public async Task Half_a_character_in_the_data_is_shown_and_steers_no_terminal()
    {
        await using var gateway = await StartAsync(_ => FakeScalekitToolResult.Succeeded("""{"half":"\ud83d","escape":"\u001b[2J","turned":"\u202e\u2028","letters":"Grüße, don\u0027t"}"""));

        var line = await gateway.RunAsync(Create);
        var words = await gateway.RunForPeopleAsync(Create);

        (line.ExitCode, words.ExitCode).Should().Be((0, 0), line.Errors + words.Errors);
        line.Lines.Single().GetProperty("data").Names().Should().Equal("half", "escape", "turned", "letters");
        words.Output.Should().NotContainAny("\u001b", "\u202e", "\u2028").And.ContainAll("Grüße, don't", """\u202e\u2028""", """\ud83d""");
    }

    private static async Task<Gateway> StartAsync(Func<FakeScalekitExecution, FakeScalekitToolResult> run)
    {
        var gateway = await Gateway.StartAsync();
        gateway.Server.AddAccount("github-1", "ada");
        gateway.Server.AddTool("github_issue_create", run);
        return gateway;
    }
}
