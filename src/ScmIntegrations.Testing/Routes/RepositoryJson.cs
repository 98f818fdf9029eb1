using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>A repository and an account as GitHub writes them; the fields that clients of trees read.</summary>
internal static class RepositoryJson
{
    public static void Write(Utf8JsonWriter json, IJsonPlace place, FakeRepository repository)
    {
        var owner = place.State.Account(repository.Owner, "Organization");
        json.WriteStartObject();
        json.WriteNumber("id", repository.Id);
        json.WriteString("node_id", NodeId(repository));
        json.WriteString("name", repository.Name);
        json.WriteString("full_name", repository.FullName);
        json.WriteBoolean("private", repository.IsPrivate);
        json.WriteStartObject("owner");
        WriteAccountFields(json, place, owner);
        json.WriteEndObject();
        json.WriteString("html_url", $"https://github.com/{repository.FullName}");
        json.WriteNull("description");
        json.WriteBoolean("fork", false);
        json.WriteString("url", $"{place.Root}/repos/{repository.FullName}");
        json.WriteString("trees_url", $"{place.Root}/repos/{repository.FullName}/git/trees{{/sha}}");
        json.WriteString("clone_url", $"https://github.com/{repository.FullName}.git");
        json.WriteNumber("size", repository.IsEmpty ? 0 : 1 + (repository.Tree?.Entries.Sum(entry => entry.Size ?? 0) ?? 0) / 1024);
        json.WriteBoolean("archived", repository.IsArchived);
        json.WriteBoolean("disabled", false);
        json.WriteString("visibility", repository.IsPrivate ? "private" : "public");
        json.WriteString("default_branch", repository.DefaultBranch);
        json.WriteEndObject();
    }

    /// <summary>The id that GraphQL knows a repository by.</summary>
    public static string NodeId(FakeRepository repository) => string.Create(CultureInfo.InvariantCulture, $"R_{repository.Id:x}");

    /// <summary>The number behind such an id.</summary>
    public static long? IdOf(string nodeId) =>
        nodeId.StartsWith("R_", StringComparison.Ordinal) && long.TryParse(nodeId.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static void WriteAccountFields(Utf8JsonWriter json, IJsonPlace place, FakeAccount account)
    {
        json.WriteString("login", account.Login);
        json.WriteNumber("id", account.Id);
        json.WriteString("node_id", string.Create(CultureInfo.InvariantCulture, $"U_{account.Id:x}"));
        json.WriteString("url", $"{place.Root}/users/{account.Login}");
        json.WriteString("html_url", $"https://github.com/{account.Login}");
        json.WriteString("type", account.Type);
        json.WriteBoolean("site_admin", false);
    }
}
