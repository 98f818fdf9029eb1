namespace ScmIntegrations.Testing;

/// <summary>The runs of the current API.</summary>
internal static class CursorRunRoutes
{
    private const string Runs = "/v1/agents/{id}/runs";

    public static void Map(CursorRouteTable routes)
    {
        routes.Post(Runs, call => CursorAgentRoutes.WithAgent(call, agent => Create(call, agent)));
        routes.Get(Runs, call => CursorAgentRoutes.WithAgent(call, agent =>
            CursorPage.Of(call, [.. agent.Runs.Reverse()], run => run.Id, "items", (json, run) => CursorJson.WriteRun(json, agent, run))));
        routes.Get(Runs + "/{run}", call => WithRun(call, (agent, run) => new JsonAnswer(200, json => CursorJson.WriteRun(json, agent, run))));
        routes.Post(Runs + "/{run}/cancel", call => WithRun(call, Cancel));
    }

    private static Answer Create(CursorCall call, FakeCursorAgent agent) =>
        CursorLaunch.Text(call.Body(), "prompt", "text") is not { Length: > 0 } prompt ? Answers.CursorError(400, "validation_error", "prompt.text: Required")
        : agent.IsArchived ? Answers.CursorError(409, "agent_archived", "The agent is archived.")
        : agent.TryAddRun(prompt) is not { } run ? Answers.CursorError(409, "agent_busy", "The agent has a run under way.")
        : new JsonAnswer(201, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("run");
            CursorJson.WriteRun(json, agent, run);
            json.WriteEndObject();
        });

    private static Answer Cancel(FakeCursorAgent agent, FakeCursorRun run)
    {
        if (!run.IsActive)
        {
            return Answers.CursorError(409, "run_not_cancellable", "The run cannot be cancelled.");
        }

        agent.Cancel();
        return CursorAgentRoutes.Id(run.Id);
    }

    private static Answer WithRun(CursorCall call, Func<FakeCursorAgent, FakeCursorRun, Answer> answer) =>
        CursorAgentRoutes.WithAgent(call, agent => agent.FindRun(call.Values["run"]) is { } run
            ? answer(agent, run)
            : Answers.CursorError(404, "run_not_found", "Run not found."));
}
