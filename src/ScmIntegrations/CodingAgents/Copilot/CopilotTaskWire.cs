using System.Text.Json;
using System.Text.Json.Serialization;
using ScmIntegrations.GitHub;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// A task as GitHub writes it, in either generation: bare or in <c>task</c>, <c>state</c> or <c>status</c>, <c>updated_at</c> or
/// <c>last_updated_at</c>, ids or objects. Only the id has to be there.
/// </summary>
internal sealed record CopilotTaskWire(string Id)
{
    public string? State { get; private init; }

    public string? Name { get; private init; }

    public string? HtmlUrl { get; private init; }

    public DateTimeOffset? CreatedAt { get; private init; }

    public DateTimeOffset? UpdatedAt { get; private init; }

    /// <summary>The repository, where the answer names it.</summary>
    public RepositoryRef? Repository { get; private init; }

    /// <summary>GitHub's id of the repository.</summary>
    public string? RepositoryId { get; private init; }

    /// <summary>The ids by which GraphQL knows its pull requests; empty ones are left out.</summary>
    public IReadOnlyList<string> PullRequestIds { get; private init; } = [];

    /// <summary>The branch that it works on.</summary>
    public string? Branch { get; private init; }

    /// <summary>What went wrong, in the words of its newest session.</summary>
    public string? Error { get; private init; }

    /// <summary>Its prompt and those of its sessions; empty when the answer shows none.</summary>
    public IReadOnlyList<string> Prompts { get; private init; } = [];

    /// <summary>Reads the answer to a question for one task.</summary>
    /// <exception cref="WrongShapeException">There is no task in it.</exception>
    public static CopilotTaskWire Read(JsonElement answer) => TryRead(answer) ?? throw new WrongShapeException("The answer holds no task with an id.");

    /// <summary>Reads a page of a list. What has no id is left out: it could not be asked for.</summary>
    /// <exception cref="WrongShapeException">There is no list in it.</exception>
    public static IReadOnlyList<CopilotTaskWire> ReadPage(JsonElement answer)
    {
        var list = answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty("tasks", out var tasks) ? tasks : answer;
        return list.ValueKind is JsonValueKind.Array or JsonValueKind.Null
            ? [.. list.Objects().Select(TryRead).OfType<CopilotTaskWire>()]
            : throw new WrongShapeException("The answer holds no list of tasks.");
    }

    private static CopilotTaskWire? TryRead(JsonElement answer)
    {
        var task = answer.Object("task") ?? answer;
        if (task.Text("id", "task_id") is not { } id || !CopilotTaskId.IsTask(id))
        {
            return null;
        }

        JsonElement[] sessions = [.. task.Objects("sessions")];

        // The order of the list is not documented; where times are missing, the last one is taken for the newest.
        JsonElement? newest = sessions.Length == 0 ? null : sessions.OrderBy(session => session.Time("created_at") ?? DateTimeOffset.MaxValue).Last();
        var branch = Artifacts(task, "branch").Concat(Artifacts(task, "pull")).Select(data => data.Text("head_ref")).OfType<string>().FirstOrDefault() ?? BranchOf(newest);
        return new(id)
        {
            State = task.Text("state", "status") ?? newest?.Text("state", "status"),
            Name = task.Text("name"),
            HtmlUrl = task.Text("html_url"),
            CreatedAt = task.Time("created_at"),
            UpdatedAt = task.Time("updated_at", "last_updated_at"),
            Repository = RepositoryOf(task),
            RepositoryId = task.Object("repository")?.Text("id") ?? task.Text("repository_id", "repo_id", "repository"),
            PullRequestIds = [.. Artifacts(task, "pull").Select(data => data.Text("global_id")).OfType<string>().Distinct(StringComparer.Ordinal)],
            Branch = branch is not null && GitRefName.IsValid(Short(branch)) ? Short(branch) : null,
            Error = ErrorOf(newest) ?? ErrorOf(task),
            Prompts = [.. sessions.Prepend(task).Select(one => one.Text("prompt", "problem_statement")).OfType<string>()],
        };
    }

    private static IEnumerable<JsonElement> Artifacts(JsonElement task, string type) =>
        from artifact in task.Objects("artifacts")
        let data = artifact.Object("data") ?? artifact
        where type.Equals(artifact.Text("type") ?? data.Text("type"), StringComparison.OrdinalIgnoreCase)
        select data;

    /// <summary>The branch of a session, unless it is the one that it started from.</summary>
    private static string? BranchOf(JsonElement? session) =>
        session?.Text("head_ref") is { } head && !head.Equals(session.Value.Text("base_ref"), StringComparison.Ordinal) ? head : null;

    private static string Short(string branch) => branch.StartsWith("refs/heads/", StringComparison.Ordinal) ? branch["refs/heads/".Length..] : branch;

    private static string? ErrorOf(JsonElement? element) =>
        (element?.Object("error")?.Text("message") ?? element?.Text("error")) is { } words ? Redaction.Clean(words) : null;

    /// <summary>By its name, or by the task's own address, which holds it: <c>…/agents/repos/OWNER/NAME/tasks/ID</c>.</summary>
    private static RepositoryRef? RepositoryOf(JsonElement task)
    {
        if (RepositoryRef.TryParse(task.Object("repository")?.Text("full_name"), out var named))
        {
            return named;
        }

        return task.Text("url")?.Split('/') is [.., "agents", "repos", var owner, var name, "tasks", _] && RepositoryRef.TryParse($"{owner}/{name}", out var addressed) ? addressed : null;
    }
}

/// <summary>Answers whose shape is found out while they are read, and what is asked of GraphQL.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(PullRequestVariables))]
internal sealed partial class CopilotJson : JsonSerializerContext;

/// <summary>The variables of the query for a pull request.</summary>
internal sealed record PullRequestVariables(string Id);
