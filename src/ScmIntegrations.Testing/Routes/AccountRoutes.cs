using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>The caller: who it is and how much it may ask.</summary>
internal static class AccountRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/user", call => call.Identity switch
        {
            UserIdentity user => new JsonAnswer(
                200,
                json =>
                {
                    json.WriteStartObject();
                    RepositoryJson.WriteAccountFields(json, call, user.Account);
                    json.WriteEndObject();
                },
                isTagged: true),
            AnonymousIdentity => Answers.RequiresAuthentication(),
            _ => Answers.GitHubError(403, "Resource not accessible by integration", "https://docs.github.com/rest/users/users#get-the-authenticated-user"),
        });
        routes.Get("/rate_limit", call => new JsonAnswer(200, json => WriteLimits(json, call)), isFree: true);
    }

    private static void WriteLimits(Utf8JsonWriter json, Call call)
    {
        var core = call.RateLimits.For(call.Identity.Key).Snapshot();
        json.WriteStartObject();
        json.WriteStartObject("resources");
        WriteLimit(json, "core", core.Limit, core.Used, core.ResetsAt);

        // Nothing here uses these two; the limits are GitHub's for a user.
        WriteLimit(json, "search", limit: 30, used: 0, call.Now + TimeSpan.FromMinutes(1));
        WriteLimit(json, "graphql", limit: 5000, used: 0, core.ResetsAt);
        json.WriteEndObject();
        if (call.Context.Response.Headers["X-GitHub-Api-Version-Selected"].ToString() is "2022-11-28")
        {
            WriteLimit(json, "rate", core.Limit, core.Used, core.ResetsAt);
        }

        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, string name, int limit, int used, DateTimeOffset resetsAt)
    {
        json.WriteStartObject(name);
        json.WriteNumber("limit", limit);
        json.WriteNumber("remaining", Math.Max(0, limit - used));
        json.WriteNumber("used", used);
        json.WriteNumber("reset", resetsAt.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
