namespace ScmIntegrations.Testing;

/// <summary>A mapping of WireMock's, as a rule.</summary>
/// <param name="Priority">The lower, the earlier it is asked.</param>
/// <param name="Condition">Which requests it is about.</param>
/// <param name="Answer">What is answered.</param>
internal sealed record WireMockMapping(int Priority, FaultCondition Condition, Answer Answer)
{
    // WireMock's, where none is given.
    private const int DefaultPriority = 5;

    public static WireMockMapping Read(MappingReader mapping, WireMockScenarios scenarios, WireMockBodies bodies)
    {
        mapping.Ignore("id", "uuid", "name", "persistent", "insertionIndex", "metadata");
        var priority = mapping.Number("priority") ?? DefaultPriority;
        var request = mapping.Object("request") is { } pattern ? WireMockRequest.Read(pattern) : new FaultCondition("any request", static _ => true);
        var answer = mapping.Object("response") is { } response ? WireMockResponse.Read(response, bodies) : Answers.Text(200);
        request = request with { Text = $"WireMock's {request.Text}" };
        if (mapping.Text("scenarioName") is { } scenario)
        {
            var (required, next) = (mapping.Text("requiredScenarioState"), mapping.Text("newScenarioState"));

            // Last of all conditions, because asking it moves the scenario on.
            request = request.And($"in '{scenario}'", _ => scenarios.TryMove(scenario, required, next));
        }

        mapping.End();
        return new(priority, request, answer);
    }
}
