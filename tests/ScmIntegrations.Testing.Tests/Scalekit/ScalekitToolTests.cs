using System.Text.Json;

namespace ScmIntegrations.Testing.Tests.Scalekit;

/// <summary>Tools: what runs, for whom, and how a provider's error is relayed.</summary>
public sealed class ScalekitToolTests
{
    private const string Path = "/api/v1/execute_tool";

    [Fact]
    public async Task A_tool_runs_on_behalf_of_an_account()
    {
        await using var one = await ScalekitFixture.StartAsync();
        var account = one.Scalekit.AddAccount("github-1", "alice", "org_1");
        one.Scalekit.AddTool("echo", execution => FakeScalekitToolResult.Succeeded($$"""{"got":{{execution.Params}}}"""));

        var (status, body) = await one.PostAsync(Path, """{"tool_name":"echo","connector":"github-1","identifier":"alice","organization_id":"org_1","params":{"n":1},"agent_run_id":"run_1"}""");

        status.Should().Be(200);
        body.GetProperty("data").GetRawText().Should().Be("""{"got":{"n":1}}""");
        var execution = one.Scalekit.Executions.Should().ContainSingle().Subject;
        execution.Should().Match<FakeScalekitExecution>(run => run.Account == account && run.ToolName == "echo" && run.AgentRunId == "run_1");
        body.GetProperty("execution_id").GetString().Should().Be(execution.ExecutionId);
        (await one.PostAsync(Path, $$"""{"tool_name":"echo","connected_account_id":"{{account.Id}}"}""")).Body.GetProperty("data").GetRawText().Should().Be("""{"got":{}}""");
    }

    [Fact]
    public async Task A_providers_error_is_told_apart_by_its_code()
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddAccount("github-1", "alice");
        one.Scalekit.AddTool("limited", _ => FakeScalekitToolResult.Failed(429, "RATE_LIMITED", "Too many."));

        var (status, body) = await one.PostAsync(Path, """{"tool_name":"limited","connector":"github-1","identifier":"alice"}""");

        (status, ScalekitFixture.Code(body)).Should().Be((429, "TOOL_ERROR"));
        var told = body.GetProperty("details")[0].GetProperty("tool_error_info");
        told.GetProperty("tool_error_code").GetString().Should().Be("RATE_LIMITED");
        told.GetProperty("tool_error_message").GetString().Should().Be("Too many.");
        told.GetProperty("execution_id").GetString().Should().Be(one.Scalekit.Executions[0].ExecutionId);
    }

    [Fact]
    public async Task GitHubs_own_status_hides_in_the_message()
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddAccount("github-1", "alice");
        one.Scalekit.AddTool("update", _ => FakeScalekitToolResult.FailedAtGitHub(409, "Through a pull request."));

        var (status, body) = await one.PostAsync(Path, """{"tool_name":"update","connector":"github-1","identifier":"alice"}""");

        status.Should().Be(400);
        using var hidden = JsonDocument.Parse(body.GetProperty("details")[0].GetProperty("tool_error_info").GetProperty("tool_error_message").GetString()!);
        (hidden.RootElement.GetProperty("status").GetString(), hidden.RootElement.Message()).Should().Be(("409", "Through a pull request."));
    }

    [Theory]
    [InlineData("""{"connector":"github-1","identifier":"alice"}""", 400, "INVALID_ARGUMENT")]
    [InlineData("""{"tool_name":"unknown","connector":"github-1","identifier":"alice"}""", 400, "RESOURCE_NOT_FOUND")]
    [InlineData("""{"tool_name":"echo"}""", 400, "INVALID_ARGUMENT")]
    [InlineData("""{"tool_name":"echo","connector":"github-1","identifier":"bob"}""", 404, "INTERNAL_ERROR")]
    [InlineData("""{"tool_name":"echo","connector":"github-1","identifier":"carol"}""", 401, "REAUTHENTICATION_NEEDED")]
    public async Task The_gateways_own_refusals_have_its_surprises(string body, int status, string code)
    {
        await using var one = await ScalekitFixture.StartAsync();
        one.Scalekit.AddAccount("github-1", "alice");
        one.Scalekit.AddAccount("github-1", "carol", status: "EXPIRED");
        one.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Succeeded());

        var refused = await one.PostAsync(Path, body);

        (refused.Status, ScalekitFixture.Code(refused.Body)).Should().Be((status, code));
        one.Scalekit.Executions.Should().BeEmpty();
    }
}
