using System.Text.Json;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.ToolGateways;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>Tools: what is sent, what comes back, and whose error it is.</summary>
public sealed class ScalekitToolTests
{
    [Fact]
    public async Task A_tool_runs_and_gives_its_data()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.AddTool("echo", execution => FakeScalekitToolResult.Succeeded($$"""{"got":{{execution.Params}}}"""));

        var result = await rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { Parameters = JsonElement.Parse("""{"n": 1.50, "s":"+"}"""), AgentRunId = "run_1" }, ScalekitRig.Cancellation);

        result.Data.GetRawText().Should().Be("""{"got":{"n": 1.50, "s":"+"}}""", "parameters go as they were written");
        var execution = rig.Scalekit.Executions.Should().ContainSingle().Subject;
        (result.ExecutionId, execution.AgentRunId).Should().Be((execution.ExecutionId, "run_1"));
        rig.Body(HttpMethod.Post, ScalekitRig.ToolPath).Should().Be("""{"tool_name":"echo","identifier":"ada","connector":"github-1","organization_id":"org_1","user_id":"usr_1","agent_run_id":"run_1","params":{"n": 1.50, "s":"+"}}""");
        rig.Interactions.Should().Equal("execute_tool success");
        rig.Tags.Should().OnlyContain(tags => (string)tags[ScmTelemetry.ProviderTag]! == "scalekit" && (string)tags[ScmTelemetry.ClientTag]! == "scalekit");
    }

    [Fact]
    public async Task What_is_absent_is_not_sent()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Succeeded());
        var account = rig.AddAda();

        await rig.Gateway.ExecuteToolAsync(new ToolCall(" echo ") { Identifier = "ada" }, ScalekitRig.Cancellation);
        await rig.Gateway.ExecuteToolAsync(new ToolCall("echo") { ConnectedAccountId = account.Id }, ScalekitRig.Cancellation);

        rig.Body(HttpMethod.Post, ScalekitRig.ToolPath).Should().Be("""{"tool_name":"echo","identifier":"ada"}""");
        rig.Body(HttpMethod.Post, ScalekitRig.ToolPath, 1).Should().Be($$"""{"tool_name":"echo","connected_account_id":"{{account.Id}}"}""");
    }

    [Theory]
    [InlineData("""{"data":null}""", "{}", null)]
    [InlineData("{}", "{}", null)]
    [InlineData("""{"data":[1],"executionId":"exec_7"}""", "[1]", "exec_7")]
    [InlineData("""{"data":"text","execution_id":8}""", "\"text\"", "8")]
    [InlineData("""{"\ud800":1,"data":{"a":1},"execution_id":{}}""", """{"a":1}""", null)]
    public async Task A_result_is_read_loosely(string body, string data, string? executionId)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.ToolPath).Answer(Answers.Json(200, body));

        var result = await rig.ExecuteAsync();

        (result.Data.GetRawText(), result.ExecutionId).Should().Be((data, executionId));
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"data\":")]
    public async Task A_tool_whose_answer_cannot_be_read_was_executed_and_is_not_again(string body)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.ToolPath).Answer(Answers.Json(200, body));

        var error = await ScalekitRig.FailAsync(() => rig.ExecuteAsync());

        error.Should().BeOfType<ScmUnreadableResponseException>().Which.Error.Rule.Should().Be("50a");
        rig.Sent.Should().ContainSingle();
    }

    /// <summary>The decision table of a failed call, row by row: error code and status; then how often it is sent, how often a token is got, and what surfaces.</summary>
    public static TheoryData<string, Answer[], int, int, Type?> Decisions => new()
    {
        { "1: a provider's limit", [Answers.ScalekitToolError(429)], 1, 1, typeof(ScmProviderRateLimitException) },
        { "2: a provider's 401", [Answers.ScalekitToolError(401)], 1, 1, typeof(ScmProviderUnauthorizedException) },
        { "3: a provider's 403", [Answers.ScalekitToolError(403)], 1, 1, typeof(ScmProviderForbiddenException) },
        { "4: any other of a provider's", [Answers.ScalekitToolError(418)], 1, 1, typeof(ScmProviderException) },
        { "4: a provider's 5xx", [Answers.ScalekitToolError(503)], 1, 1, typeof(ScmProviderServerException) },
        { "5: a 401 that stays", [Answers.ScalekitError(401, "No.", "UNAUTHENTICATED")], 2, 2, typeof(ScmUnauthorizedException) },
        { "6: a 401 once", [Answers.ScalekitError(401, "No.", "UNAUTHENTICATED"), Answers.Json(200, "{}")], 2, 2, null },
        { "6: a 401, then a provider's limit, which is not hidden", [Answers.ScalekitError(401, "No.", "UNAUTHENTICATED"), Answers.ScalekitToolError(429)], 2, 2, typeof(ScmProviderRateLimitException) },
        { "6: a 401 without a code", [Answers.ScalekitError(401, "No."), Answers.Json(200, "{}")], 2, 2, null },
        { "7: the gateway's limit", [Answers.ScalekitError(429, "Slow.", "RATE_LIMITED")], 1, 1, typeof(ScmRateLimitException) },
        { "8: 400", [Answers.ScalekitError(400, "Bad.", "INVALID_ARGUMENT")], 1, 1, typeof(ScmValidationException) },
        { "8: an unknown tool", [Answers.ScalekitError(400, "No tool.", "RESOURCE_NOT_FOUND")], 1, 1, typeof(ScmValidationException) },
        { "8: 403", [Answers.ScalekitError(403, "No.", "CONNECTION_NOT_ENABLED")], 1, 1, typeof(ScmPermissionException) },
        { "8: 404", [Answers.ScalekitError(404, "No.", "INTERNAL_ERROR")], 1, 1, typeof(ScmNotFoundException) },
        { "8: 409", [Answers.ScalekitError(409, "No.")], 1, 1, typeof(ScmConflictException) },
        { "8: 499", [Answers.ScalekitError(499, "No.")], 1, 1, typeof(ScmException) },
        { "9: 500", [Answers.ScalekitError(500, "No.", "INTERNAL_ERROR")], 1, 1, typeof(ScmAmbiguousWriteException) },
        { "9: 501", [Answers.ScalekitError(501, "No.")], 1, 1, typeof(ScmServerException) },
        { "9: 503", [Answers.ScalekitError(503, "No.")], 1, 1, typeof(ScmAmbiguousWriteException) },
        { "9: 504", [Answers.ScalekitError(504, "No.")], 1, 1, typeof(ScmAmbiguousWriteException) },
        { "an account to be connected again", [Answers.ScalekitError(401, "No.", "REAUTHENTICATION_NEEDED")], 1, 1, typeof(ScmUnauthorizedException) },
        { "an account without a refresh token", [Answers.ScalekitError(401, "No.", "REFRESH_TOKEN_MISSING")], 1, 1, typeof(ScmUnauthorizedException) },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public async Task The_decision_is_that_of_the_table(string row, Answer[] answers, int calls, int tokens, Type? surfaces)
    {
        await using var rig = await ScalekitRig.StartAsync();
        foreach (var answer in answers[..^1])
        {
            rig.Scalekit.When(HttpMethod.Post, ScalekitRig.ToolPath).Once().Answer(answer);
        }

        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.ToolPath).Answer(answers[^1]);

        if (surfaces is null)
        {
            await rig.ExecuteAsync();
        }
        else
        {
            (await ScalekitRig.FailAsync(() => rig.ExecuteAsync())).Should().BeOfType(surfaces, row);
        }

        (rig.Sent.Count(), rig.TokenRequests).Should().Be((calls, tokens), row);
        rig.Interactions.Should().ContainSingle();
    }

    [Theory]
    [InlineData(404, typeof(ScmProviderNotFoundException))]
    [InlineData(409, typeof(ScmProviderConflictException))]
    [InlineData(422, typeof(ScmProviderValidationException))]
    [InlineData(401, typeof(ScmProviderUnauthorizedException))]
    [InlineData(502, typeof(ScmProviderServerException))]
    public async Task GitHubs_own_status_is_found_in_the_message(int status, Type type)
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.AddAda();
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.FailedAtGitHub(status, "Said so."));

        var error = await ScalekitRig.FailAsync(() => rig.ExecuteAsync());

        error.Should().BeOfType(type);
        var relayed = error.Should().BeAssignableTo<IProviderError>().Subject;
        (relayed.ProviderStatus, relayed.ProviderMessage, relayed.ProviderErrorCode, relayed.ExecutionId).Should().Be((status, "Said so.", "INTERNAL_ERROR", rig.Scalekit.Executions[0].ExecutionId));
        rig.Scalekit.Executions.Should().ContainSingle();
        rig.Interactions.Should().Equal(status < 500 ? "execute_tool halted" : "execute_tool failure");
    }

    [Fact]
    public async Task No_number_of_a_providers_errors_keeps_anybody_from_the_gateway()
    {
        await using var rig = await ScalekitRig.StartAsync(options => options.Resilience.CircuitMinimumThroughput = 2);
        rig.AddAda();
        rig.Scalekit.AddTool("echo", _ => FakeScalekitToolResult.Failed(503));

        for (var call = 0; call < 20; call++)
        {
            (await ScalekitRig.FailAsync(() => rig.ExecuteAsync())).Should().BeOfType<ScmProviderServerException>();
        }
    }

    [Fact]
    public async Task A_caller_who_leaves_is_told_at_once()
    {
        await using var rig = await ScalekitRig.StartAsync();
        rig.Scalekit.When(HttpMethod.Post, ScalekitRig.ToolPath).Answer(Answers.Stall());
        using var leaving = new CancellationTokenSource();

        var call = rig.ExecuteAsync(leaving.Token);
        await rig.Scalekit.WaitForRequestsAsync(HttpMethod.Post, ScalekitRig.ToolPath, 1, ScalekitRig.Cancellation);
        await leaving.CancelAsync();

        var wait = () => call;
        (await wait.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        rig.Interactions.Should().Equal("execute_tool halted");
        rig.Sent.Should().ContainSingle();
    }

    [Fact]
    public async Task Wrong_arguments_are_refused_before_anything_is_sent()
    {
        await using var rig = await ScalekitRig.StartAsync();
        Func<Task>[] calls =
        [
            () => rig.Gateway.ExecuteToolAsync(null!, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall(" "), ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("a\nb"), ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall(new string('a', 257)), ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo"), ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo") { Connection = "github-1" }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo") { Identifier = "" }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo") { ConnectedAccountId = " " }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { OrganizationId = "" }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { UserId = "\t" }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { AgentRunId = "" }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { Parameters = JsonElement.Parse("[]") }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { Parameters = JsonElement.Parse("null") }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", ScalekitRig.Ada) { Parameters = default(JsonElement) }, ScalekitRig.Cancellation),
            () => rig.Gateway.ExecuteToolAsync(new ToolCall("echo", null!), ScalekitRig.Cancellation),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<ArgumentException>();
        }

        rig.Scalekit.Requests.Should().BeEmpty();
        rig.Interactions.Should().BeEmpty();
    }

    [Fact]
    public void Parameters_outlive_the_document_they_came_from()
    {
        ToolCall call;
        using (var document = JsonDocument.Parse("""{"a":1}"""))
        {
            call = new ToolCall("echo") { Identifier = "ada", Parameters = document.RootElement };
        }

        call.Parameters!.Value.GetRawText().Should().Be("""{"a":1}""");
        $"{call}".Should().Be("echo for ada");
        $"{new ToolCall("echo", new AccountIdentity("github-1", "ada"))}".Should().Be("echo for github-1/ada");
        $"{new ToolResult(call.Parameters.Value, "exec_7")}".Should().Be("execution exec_7");
    }
}
