using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>A task as it stands on the wire, in the generation that is set.</summary>
internal static class CopilotJson
{
    private const int NameLength = 60;

    public static void Write(Utf8JsonWriter json, Call call, FakeCopilotTask task, bool hasSessions)
    {
        var wire = call.State.CopilotWire;
        json.WriteStartObject();
        json.WriteString("id", task.Id);
        json.WriteString("url", $"{call.Root}/agents/repos/{task.Repository.FullName}/tasks/{Uri.EscapeDataString(task.Id)}");
        json.WriteString("html_url", $"https://github.com/{task.Repository.FullName}/tasks/{Uri.EscapeDataString(task.Id)}");
        json.WriteString("name", task.Prompt.ReplaceLineEndings(" ") is var name && name.Length > NameLength ? name[..NameLength] : name);
        WriteReference(json, wire, "creator", task.Creator.Id);
        json.WriteString("creator_type", "user");
        WriteReference(json, wire, "owner", call.State.Account(task.Repository.Owner, "Organization").Id);
        WriteReference(json, wire, "repository", task.Repository.Id);
        json.WriteString(wire.SaysStatus ? "status" : "state", task.State);
        json.WriteNumber("session_count", task.Sessions().Length);
        WriteArtifacts(json, wire, task);
        json.WriteNull("archived_at");
        if (!wire.OmitsCreatedAt)
        {
            json.WriteString("created_at", Time(task.CreatedAt));
        }

        json.WriteString(wire.SaysLastUpdatedAt ? "last_updated_at" : "updated_at", Time(task.UpdatedAt));
        if (hasSessions)
        {
            WriteSessions(json, wire, task);
        }

        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, CopilotWire wire, string name, long id)
    {
        if (wire.GivesIds)
        {
            json.WriteNumber(name + "_id", id);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("id", id);
        json.WriteEndObject();
    }

    private static void WriteArtifacts(Utf8JsonWriter json, CopilotWire wire, FakeCopilotTask task)
    {
        var (pullRequest, branch) = task.Artifacts();
        if (branch is null && wire.NullsArtifacts)
        {
            json.WriteNull("artifacts");
            return;
        }

        json.WriteStartArray("artifacts");
        if (pullRequest is not null)
        {
            json.WriteStartObject();
            json.WriteString("provider", "github");
            json.WriteString("type", "pull");
            json.WriteStartObject("data");

            // GitHub: the id of a database row, not the number of the pull request.
            json.WriteNumber("id", 9_000_000 + pullRequest.Number);
            json.WriteString("type", "pull");
            json.WriteString("global_id", wire.EmptiesGlobalId ? "" : pullRequest.NodeId);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (branch is not null)
        {
            json.WriteStartObject();
            json.WriteString("provider", "github");
            json.WriteString("type", "branch");
            json.WriteStartObject("data");
            json.WriteString("head_ref", branch);
            json.WriteString("base_ref", task.BaseRef ?? task.Repository.DefaultBranch);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSessions(Utf8JsonWriter json, CopilotWire wire, FakeCopilotTask task)
    {
        json.WriteStartArray("sessions");
        foreach (var session in task.Sessions())
        {
            json.WriteStartObject();
            json.WriteString("id", session.Id);
            json.WriteString(wire.SaysStatus ? "status" : "state", session.State);
            json.WriteString("prompt", session.Prompt);
            json.WriteString("head_ref", task.Artifacts().Branch);
            json.WriteString("base_ref", task.BaseRef ?? task.Repository.DefaultBranch);
            json.WriteString("model", task.Model);
            json.WriteString("created_at", Time(session.CreatedAt));
            json.WriteString(wire.SaysLastUpdatedAt ? "last_updated_at" : "updated_at", Time(session.UpdatedAt));
            json.WritePropertyName("error");
            if (session.Error is { } error)
            {
                json.WriteStartObject();
                json.WriteString("message", error);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
