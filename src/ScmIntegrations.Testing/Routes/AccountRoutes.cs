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
        RateLimitJson.Write(json, core.Limit, core.Used, core.ResetsAt, call.Now, call.Context.Response.Headers["X-GitHub-Api-Version-Selected"].ToString() is "2022-11-28");
    }
}
