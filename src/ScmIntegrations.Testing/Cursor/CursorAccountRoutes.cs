namespace ScmIntegrations.Testing;

/// <summary>Key, models and repositories, in both generations.</summary>
internal static class CursorAccountRoutes
{
    public static void Map(CursorRouteTable routes)
    {
        routes.Get("/v1/me", call => Me(call));

        // The legacy API has nothing to say about a service account.
        routes.Get("/v0/me", call => call.Owner is "" ? Answers.CursorLegacyError(403, "Forbidden", "Not available for service accounts.") : Me(call));
        routes.Get("/v1/models", call => new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var model in call.Options.Models)
            {
                json.WriteStartObject();
                json.WriteString("id", model);
                json.WriteString("displayName", model);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
        routes.Get("/v0/models", call => new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("models");
            foreach (var model in call.Options.Models)
            {
                json.WriteStringValue(model);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
        routes.Get("/v1/repositories", call => new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var url in call.State.Agents.Select(agent => agent.RepositoryUrl).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                json.WriteStartObject();
                json.WriteString("url", url);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    private static JsonAnswer Me(CursorCall call) => new(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("apiKeyName", call.Owner is "" ? "A service account" : "A key");
        json.WriteString("createdAt", "2026-01-02T03:04:05.000Z");
        if (call.Owner is { Length: > 0 } email)
        {
            json.WriteString("userEmail", email);
        }

        json.WriteEndObject();
    });
}
