using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Files, folders, symbolic links and submodules as GitHub writes them.</summary>
internal sealed class ContentJson(Call call, FakeRepository repository, string gitRef)
{
    // docs.github.com, "Get repository content": a directory shows no more than this.
    private const int MaxEntries = 1000;

    public Answer Folder(string path, FakeTreeSlice folder, bool asObject)
    {
        var entries = folder.Entries.ToArray().Where(entry => !entry.Path[folder.PrefixLength..].Contains('/', StringComparison.Ordinal)).Take(MaxEntries).ToArray();
        if (!asObject)
        {
            return new JsonAnswer(200, json => WriteEntries(json, entries), isTagged: true);
        }

        call.Context.Response.Headers["X-GitHub-Media-Type"] = "github.v3; param=object; format=json";
        return Object(new FakeTreeEntry(path, "040000", "tree", folder.TreeId, Size: null), "dir", json =>
        {
            json.WritePropertyName("entries");
            WriteEntries(json, entries);
        });
    }

    /// <summary>A file with its content; without one when it is too large for JSON and was asked for as an object.</summary>
    public Answer File(FakeTreeEntry file, ReadOnlyMemory<byte>? content) => Object(file, "file", json =>
    {
        json.WriteString("content", content is { } bytes ? BlobRoutes.Base64(bytes) : "");
        json.WriteString("encoding", content is null ? "none" : "base64");
    });

    public Answer SymbolicLink(FakeTreeEntry link, string target) => Object(link, "symlink", json => json.WriteString("target", target));

    public Answer Submodule(FakeTreeEntry submodule) => Object(submodule, "submodule", json =>
        json.WriteString("submodule_git_url", $"https://github.com/{repository.Owner}/{submodule.Path.Split('/')[^1]}.git"));

    private JsonAnswer Object(FakeTreeEntry entry, string type, Action<Utf8JsonWriter> more) => new(
        200,
        json =>
        {
            json.WriteStartObject();
            WriteFields(json, entry, type);
            more(json);
            json.WriteEndObject();
        },
        isTagged: true);

    private void WriteEntries(Utf8JsonWriter json, IEnumerable<FakeTreeEntry> entries)
    {
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            // GitHub calls a submodule a file here, for compatibility.
            json.WriteStartObject();
            WriteFields(json, entry, entry switch { { Type: "tree" } => "dir", { Mode: "120000" } => "symlink", _ => "file" });
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFields(Utf8JsonWriter json, FakeTreeEntry entry, string type)
    {
        var root = $"{call.Root}/repos/{repository.FullName}";
        var path = string.Join('/', entry.Path.Split('/').Select(Uri.EscapeDataString));
        json.WriteString("name", entry.Path.Split('/')[^1]);
        json.WriteString("path", entry.Path);
        json.WriteString("sha", entry.Sha);
        json.WriteNumber("size", entry.Size ?? 0);
        json.WriteString("url", $"{root}/contents/{path}?ref={Uri.EscapeDataString(gitRef)}");
        json.WriteString("html_url", $"https://github.com/{repository.FullName}/blob/{gitRef}/{path}");
        json.WriteString("git_url", $"{root}/git/{(entry.Type is "blob" ? "blobs" : "trees")}/{entry.Sha}");
        if (entry.Type is "blob")
        {
            json.WriteString("download_url", $"https://raw.githubusercontent.com/{repository.FullName}/{gitRef}/{path}");
        }
        else
        {
            json.WriteNull("download_url");
        }

        json.WriteString("type", type);
    }
}
