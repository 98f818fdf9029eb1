using System.Buffers;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Agents and runs as Cursor writes them.</summary>
internal static class CursorJson
{
    public static void WriteAgent(Utf8JsonWriter json, FakeCursorAgent agent, bool isFull)
    {
        json.WriteStartObject();
        json.WriteString("id", agent.Id);
        json.WriteString("name", agent.Name);
        json.WriteString("status", agent.IsArchived ? "ARCHIVED" : agent.LatestRun.IsActive ? "ACTIVE" : "IDLE");
        json.WriteStartObject("env");
        json.WriteString("type", "cloud");
        json.WriteEndObject();
        if (isFull)
        {
            json.WriteStartArray("repos");
            json.WriteStartObject();
            json.WriteString("url", agent.RepositoryUrl);
            WriteIfAny(json, "startingRef", agent.Ref);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteBoolean("workOnCurrentBranch", false);
            json.WriteBoolean("autoCreatePR", agent.AutoCreatePullRequest);
        }

        json.WriteString("url", WebUrl(agent));
        json.WriteString("createdAt", agent.CreatedAt);
        json.WriteString("updatedAt", agent.LatestRun.UpdatedAt);
        json.WriteString("latestRunId", agent.LatestRun.Id);
        json.WriteEndObject();
    }

    public static void WriteRun(Utf8JsonWriter json, FakeCursorAgent agent, FakeCursorRun run)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id);
        json.WriteString("agentId", agent.Id);
        json.WriteString("status", run.Status);
        json.WriteString("createdAt", run.CreatedAt);
        json.WriteString("updatedAt", run.UpdatedAt);
        if (!run.IsActive)
        {
            json.WriteNumber("durationMs", (long)(run.UpdatedAt - run.CreatedAt).TotalMilliseconds);
            WriteIfAny(json, "result", run.Result);
        }

        if (agent.BranchName is not null || agent.PullRequestUrl is not null)
        {
            json.WriteStartObject("git");
            json.WriteStartArray("branches");
            json.WriteStartObject();
            json.WriteString("repoUrl", $"github.com/{agent.Repository}");
            WriteIfAny(json, "branch", agent.BranchName);
            WriteIfAny(json, "prUrl", agent.PullRequestUrl);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void WriteLegacyAgent(Utf8JsonWriter json, FakeCursorAgent agent)
    {
        json.WriteStartObject();
        json.WriteString("id", agent.Id);
        json.WriteString("name", agent.Name);
        WriteLegacyFields(json, agent);
        json.WriteString("createdAt", agent.CreatedAt);
        json.WriteEndObject();
    }

    /// <summary>The body of a webhook's delivery.</summary>
    public static ReadOnlyMemory<byte> Delivery(FakeCursorAgent agent, string webhookEvent, DateTimeOffset now)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("event", webhookEvent);
            json.WriteString("timestamp", now);
            json.WriteString("id", agent.Id);
            WriteLegacyFields(json, agent);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static void WriteLegacyFields(Utf8JsonWriter json, FakeCursorAgent agent)
    {
        // The legacy API calls a cancelled run stopped.
        json.WriteString("status", agent.LatestRun.Status is "CANCELLED" ? "STOPPED" : agent.LatestRun.Status);
        json.WriteStartObject("source");
        json.WriteString("repository", agent.RepositoryUrl);
        WriteIfAny(json, "ref", agent.Ref);
        json.WriteEndObject();
        json.WriteStartObject("target");
        json.WriteString("url", WebUrl(agent));
        WriteIfAny(json, "branchName", agent.BranchName);
        WriteIfAny(json, "prUrl", agent.PullRequestUrl);
        json.WriteBoolean("autoCreatePr", agent.AutoCreatePullRequest);
        json.WriteEndObject();
        WriteIfAny(json, "summary", agent.LatestRun.Result);
    }

    private static string WebUrl(FakeCursorAgent agent) => $"https://cursor.com/agents/{agent.Id}";

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
