using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>The running of tools on an account's behalf.</summary>
internal static class ScalekitToolRoutes
{
    public static void Map(ScalekitRouteTable routes) => routes.Post("/api/v1/execute_tool", Execute);

    private static Answer Execute(ScalekitCall call)
    {
        if (call.Text("tool_name") is not { } name)
        {
            return Answers.ScalekitError(400, "tool_name is required", "INVALID_ARGUMENT");
        }

        // A surprise of Scalekit's: an unknown tool is a bad argument, with the code of what is missing.
        if (!call.State.Tools.TryGetValue(name, out var tool))
        {
            return Answers.ScalekitError(400, "tool not found", "RESOURCE_NOT_FOUND");
        }

        var selector = new ScalekitSelector(call.Text("connected_account_id"), call.Text("connector"), call.Text("identifier"), call.Text("organization_id"), call.Text("user_id"));
        if (selector.Id is null && selector.Identifier is null)
        {
            return Answers.ScalekitError(400, "identifier or connected_account_id is required", "INVALID_ARGUMENT");
        }

        // And another one: an account that is missing has the code of an internal error.
        return call.State.Find(selector) is not { } account ? Answers.ScalekitError(404, "connected account not found", "INTERNAL_ERROR")
            : account.Status is not "ACTIVE" ? Answers.ScalekitError(401, "the connected account has to be authorized again", "REAUTHENTICATION_NEEDED")
            : Run(call, tool, account, name);
    }

    private static Answer Run(ScalekitCall call, Func<FakeScalekitExecution, FakeScalekitToolResult> tool, FakeScalekitAccount account, string name)
    {
        var parameters = call.Body is { } body && body.TryGetProperty("params", out var given) && given.ValueKind is JsonValueKind.Object ? given.GetRawText() : "{}";
        var execution = call.State.Execute(name, parameters, account, call.Text("agent_run_id"));
        return tool(execution).ToAnswer(execution.ExecutionId, call.Options);
    }
}
