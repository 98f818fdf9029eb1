using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>The tasks of GitHub Copilot's coding agent: start, list, read. Users' tokens only, as GitHub has it.</summary>
internal static class CopilotRoutes
{
    public const string Documentation = "https://docs.github.com/rest/agent-tasks/agent-tasks";

    private const string OfRepository = "/agents/repos/{owner}/{repo}/tasks";
    private const string OfUser = "/agents/tasks";

    public static void Map(RouteTable routes)
    {
        routes.Post(OfRepository, call => InRepository(call, (user, repository) => Start(call, user, repository)));
        routes.Get(OfRepository, call => InRepository(call, (_, repository) =>
            List(call, task => task.Repository == repository, $"/agents/repos/{repository.FullName}/tasks")));
        routes.Get(OfRepository + "/{id}", call => InRepository(call, (_, repository) => Read(call, task => task.Repository == repository)));
        routes.Get(OfUser, call => AsUser(call, user => List(call, task => task.Creator == user.Account, OfUser)));
        routes.Get(OfUser + "/{id}", call => AsUser(call, user => Read(call, task => task.Creator == user.Account)));
    }

    private static Answer AsUser(Call call, Func<UserIdentity, Answer> handle) => call.Identity switch
    {
        UserIdentity user => handle(user),
        InstallationIdentity => Answers.GitHubError(403, "Resource not accessible by integration", Documentation),
        AppIdentity => Answers.BadCredentials(),
        _ => Answers.RequiresAuthentication(),
    };

    private static Answer InRepository(Call call, Func<UserIdentity, FakeRepository, Answer> handle) =>
        AsUser(call, user => RepositoryRoutes.With(call, repository => handle(user, repository)));

    private static Answer Start(Call call, UserIdentity user, FakeRepository repository)
    {
        var (order, refusal) = CopilotOrder.Read(call.Request.Body);
        return order is null ? refusal! : Single(call, 201, call.State.StartCopilotTask(repository, user.Account, order, call.Options.TimeProvider), hasSessions: false);
    }

    private static Answer Read(Call call, Func<FakeCopilotTask, bool> isVisible) =>
        call.State.FindCopilotTask(call["id"]) is { } task && isVisible(task) ? Single(call, 200, task, hasSessions: true) : Answers.NotFound();

    private static JsonAnswer Single(Call call, int status, FakeCopilotTask task, bool hasSessions) => new(status, json =>
    {
        if (call.State.CopilotWire.IsWrapped)
        {
            json.WriteStartObject();
            json.WritePropertyName("task");
            CopilotJson.Write(json, call, task, hasSessions);
            json.WriteEndObject();
        }
        else
        {
            CopilotJson.Write(json, call, task, hasSessions);
        }
    });

    private static JsonAnswer List(Call call, Func<FakeCopilotTask, bool> isVisible, string path)
    {
        FakeCopilotTask[] found = [.. Sorted(call, call.State.CopilotTasks.Where(task => isVisible(task) && IsAsked(call, task)))];
        var page = Page.Of(call, found, path);
        return new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("tasks");
            foreach (var task in page)
            {
                CopilotJson.Write(json, call, task, hasSessions: false);
            }

            json.WriteEndArray();
            json.WriteNumber("total_active_count", found.Length);
            json.WriteNumber("total_archived_count", 0);
            json.WriteEndObject();
        });
    }

    private static bool IsAsked(Call call, FakeCopilotTask task) =>
        (call.Query("state") is not { Length: > 0 } states || states.Split(',', StringSplitOptions.TrimEntries).Contains(task.State, StringComparer.Ordinal))
        && (call.Query("creator_id") is not { Length: > 0 } creator || creator.Equals(task.Creator.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        && call.Query("is_archived") is not "true"
        && (!DateTimeOffset.TryParse(call.Query("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) || task.UpdatedAt >= since);

    private static IEnumerable<FakeCopilotTask> Sorted(Call call, IEnumerable<FakeCopilotTask> tasks)
    {
        DateTimeOffset Key(FakeCopilotTask task) => call.Query("sort") is "created_at" ? task.CreatedAt : task.UpdatedAt;

        // Tasks of one second keep the order they were made in.
        return call.Query("direction") is "asc" ? tasks.OrderBy(Key) : tasks.Reverse().OrderByDescending(Key);
    }
}
