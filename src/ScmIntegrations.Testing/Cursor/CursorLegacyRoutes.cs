namespace ScmIntegrations.Testing;

/// <summary>The agents of the legacy API, where an agent and its work are one.</summary>
internal static class CursorLegacyRoutes
{
    private const string One = "/v0/agents/{id}";

    public static void Map(CursorRouteTable routes)
    {
        routes.Post("/v0/agents", Create);
        routes.Get("/v0/agents", call => CursorPage.Of(call, [.. call.State.Agents.Reverse()], agent => agent.Id, "agents", CursorJson.WriteLegacyAgent));
        routes.Get(One, call => WithAgent(call, agent => new JsonAnswer(200, json => CursorJson.WriteLegacyAgent(json, agent))));
        routes.Delete(One, call => WithAgent(call, agent =>
        {
            call.State.Remove(agent);
            return CursorAgentRoutes.Id(agent.Id);
        }));
        routes.Post(One + "/followup", call => WithAgent(call, agent => FollowUp(call, agent)));
        routes.Post(One + "/stop", call => WithAgent(call, agent => Stop(agent)));
    }

    private static Answer WithAgent(CursorCall call, Func<FakeCursorAgent, Answer> answer) =>
        call.State.Find(call.Values["id"]) is { } agent ? answer(agent) : Answers.CursorLegacyError(404, "Not Found", "Agent not found.");

    private static Answer Create(CursorCall call)
    {
        var body = call.Body();
        var (source, target, webhook) = (CursorLaunch.Member(body, "source"), CursorLaunch.Member(body, "target"), CursorLaunch.Member(body, "webhook"));
        var (prompt, url, model) = (CursorLaunch.Text(body, "prompt", "text"), CursorLaunch.Text(source, "repository"), CursorLaunch.Text(body, "model"));
        return CursorLaunch.Refuse(call, prompt, url, model) ?? Show(call.State.Add(new FakeCursorAgent(call.State.NextAgentId(), url!, prompt!, call.Options.TimeProvider)
        {
            Ref = CursorLaunch.Text(source, "ref"),
            Model = model,
            AutoCreatePullRequest = CursorLaunch.IsTrue(target, "autoCreatePr"),
            BranchName = CursorLaunch.Text(target, "branchName"),
            WebhookUrl = CursorLaunch.Text(webhook, "url"),
            WebhookSecret = CursorLaunch.Text(webhook, "secret"),
        }));
    }

    private static JsonAnswer Show(FakeCursorAgent agent) => new(201, json => CursorJson.WriteLegacyAgent(json, agent));

    private static Answer FollowUp(CursorCall call, FakeCursorAgent agent) =>
        CursorLaunch.Text(call.Body(), "prompt", "text") is not { Length: > 0 } prompt ? Answers.CursorLegacyError(400, "Bad Request", "prompt.text is required.")
        : agent.TryAddRun(prompt) is null ? Answers.CursorLegacyError(409, "Conflict", "The agent is busy.")
        : CursorAgentRoutes.Id(agent.Id);

    private static Answer Stop(FakeCursorAgent agent)
    {
        if (!agent.LatestRun.IsActive)
        {
            return Answers.CursorLegacyError(409, "Conflict", "The agent has ended already.");
        }

        agent.Cancel();
        return CursorAgentRoutes.Id(agent.Id);
    }
}
