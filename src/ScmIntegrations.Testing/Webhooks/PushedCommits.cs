using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>The commits of a push, which here is one: its files are what differs from the commit before.</summary>
internal static class PushedCommits
{
    public static void Write(Utf8JsonWriter json, FakeTree? before, FakeTree? after, string author)
    {
        json.WriteStartArray("commits");
        if (after is not null)
        {
            WriteCommit(json, before, after, author);
        }

        json.WriteEndArray();
        json.WritePropertyName("head_commit");
        if (after is null)
        {
            json.WriteNullValue();
        }
        else
        {
            WriteCommit(json, before, after, author);
        }
    }

    private static void WriteCommit(Utf8JsonWriter json, FakeTree? before, FakeTree after, string author)
    {
        var (old, now) = (Files(before), Files(after));
        json.WriteStartObject();
        json.WriteString("id", after.CommitId);
        json.WriteString("tree_id", after.TreeId);
        json.WriteBoolean("distinct", true);
        json.WriteStartObject("author");
        json.WriteString("username", author);
        json.WriteEndObject();
        WritePaths(json, "added", now.Keys.Where(path => !old.ContainsKey(path)));
        WritePaths(json, "removed", old.Keys.Where(path => !now.ContainsKey(path)));
        WritePaths(json, "modified", now.Where(file => old.TryGetValue(file.Key, out var sha) && !string.Equals(sha, file.Value, StringComparison.Ordinal)).Select(file => file.Key));
        json.WriteEndObject();
    }

    private static Dictionary<string, string> Files(FakeTree? tree) =>
        (tree?.Entries ?? []).Where(entry => entry.Type is "blob").ToDictionary(entry => entry.Path, entry => entry.Sha, StringComparer.Ordinal);

    private static void WritePaths(Utf8JsonWriter json, string name, IEnumerable<string> paths)
    {
        json.WriteStartArray(name);
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
    }
}
