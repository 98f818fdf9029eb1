using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>The agents of the current API.</summary>
internal static class CursorAgentRoutes
{
    private const string One = "/v1/agents/{id}";

    public static void Map(CursorRouteTable routes)
    {
        routes.Post("/v1/agents", Create);
        routes.Get("/v1/agents", List);
        routes.Get(One, call => WithAgent(call, agent => new JsonAnswer(200, json => CursorJson.WriteAgent(json, agent, isFull: true))));
        routes.Delete(One, call => WithAgent(call, agent =>
        {
            call.State.Remove(agent);
            return Id(agent.Id);
        }));
        routes.Post(One + "/archive", call => Archive(call, isArchived: true));
        routes.Post(One + "/unarchive", call => Archive(call, isArchived: false));
    }

    /// <summary>Cursor answers what it did to something with its id.</summary>
    public static Answer Id(string id) => new JsonAnswer(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteEndObject();
    });

    public static Answer WithAgent(CursorCall call, Func<FakeCursorAgent, Answer> answer) =>
        call.State.Find(call.Values["id"]) is { } agent ? answer(agent) : Answers.CursorError(404, "agent_not_found", "Agent not found.");

    private static Answer Create(CursorCall call)
    {
        if (call.Body() is not { } body)
        {
            return Answers.CursorError(400, "missing_body", "A request body is required.");
        }

        var repository = CursorLaunch.Member(body, "repos") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : (JsonElement?)null;
        var (prompt, url, model) = (CursorLaunch.Text(body, "prompt", "text"), CursorLaunch.Text(repository, "url"), CursorLaunch.Text(body, "model", "id"));
        if (CursorLaunch.Refuse(call, prompt, url, model) is { } refusal)
        {
            return refusal;
        }

        var wanted = CursorLaunch.Text(body, "agentId");
        if (wanted is not null && !(wanted.StartsWith("bc-", StringComparison.Ordinal) && Guid.TryParseExact(wanted[3..], "D", out _)))
        {
            return Answers.CursorError(400, "validation_error", "agentId must be bc- and a UUID.");
        }

        var agent = new FakeCursorAgent(wanted ?? call.State.NextAgentId(), url!, prompt!, call.Options.TimeProvider)
        {
            Ref = CursorLaunch.Text(repository, "startingRef"),
            Model = model,
            AutoCreatePullRequest = CursorLaunch.IsTrue(body, "autoCreatePR"),
        };
        return !call.State.TryAdd(agent)
            ? Answers.CursorError(409, "agent_id_conflict", $"An agent with the id {agent.Id} exists already.")
            : new JsonAnswer(201, json =>
            {
                json.WriteStartObject();
                json.WritePropertyName("agent");
                CursorJson.WriteAgent(json, agent, isFull: true);
                json.WritePropertyName("run");
                CursorJson.WriteRun(json, agent, agent.LatestRun);
                json.WriteEndObject();
            });
    }

    private static Answer List(CursorCall call)
    {
        var pullRequest = call.Query("prUrl");
        var agents = call.State.Agents.Reverse()
            .Where(agent => !agent.IsArchived || call.Query("includeArchived") is not "false")
            .Where(agent => pullRequest is null || string.Equals(agent.PullRequestUrl, pullRequest, StringComparison.Ordinal));
        return CursorPage.Of(call, [.. agents], agent => agent.Id, "items", (json, agent) => CursorJson.WriteAgent(json, agent, isFull: false));
    }

    private static Answer Archive(CursorCall call, bool isArchived) => WithAgent(call, agent =>
    {
        agent.IsArchived = isArchived;
        return Id(agent.Id);
    });
}
