using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Blobs by their ids.</summary>
internal static class BlobRoutes
{
    public static void Map(RouteTable routes) =>
        routes.Get("/repos/{owner}/{repo}/git/blobs/{sha}", call => RepositoryRoutes.WithContents(call, repository =>
        {
            if (repository.IsEmpty)
            {
                return Answers.EmptyRepository();
            }

            return Find(repository, call["sha"]) is not { } entry ? Answers.NotFound()
                : entry.Size > repository.MaxBlobBytes ? Answers.BlobTooLarge(100)
                : !TryGetBytes(repository, entry, out var content) ? Unknown(entry)
                : MediaType.IsRaw(call) ? MediaType.Raw(call, entry.Sha, content)
                : new JsonAnswer(200, json => Write(json, call, repository, entry, content), isTagged: true);
        }));

    /// <summary>The bytes of a blob, when some tree of the repository was built with them.</summary>
    public static bool TryGetBytes(FakeRepository repository, FakeTreeEntry entry, out ReadOnlyMemory<byte> content)
    {
        foreach (var tree in repository.History())
        {
            if (tree.Blobs.TryGetValue(entry.Sha, out content))
            {
                return true;
            }
        }

        content = default;
        return false;
    }

    /// <summary>A file whose bytes nobody gave: only its size is known.</summary>
    public static Answer Unknown(FakeTreeEntry entry) => Answers.Text(
        501,
        $"The fake has no bytes for '{entry.Path}': its tree came from a listing. Put files with FakeRepository.PutFile or FakeTreeBuilder.File.");

    /// <summary>Base64 in lines of 60, with one at the end, as GitHub wraps it.</summary>
    public static string Base64(ReadOnlyMemory<byte> content) =>
        string.Concat(Convert.ToBase64String(content.Span).Chunk(60).Select(line => new string(line) + "\n"));

    private static FakeTreeEntry? Find(FakeRepository repository, string sha) => repository.History()
        .SelectMany(tree => tree.Entries)
        .FirstOrDefault(entry => entry.Type is "blob" && string.Equals(entry.Sha, sha, StringComparison.OrdinalIgnoreCase));

    private static void Write(Utf8JsonWriter json, Call call, FakeRepository repository, FakeTreeEntry entry, ReadOnlyMemory<byte> content)
    {
        json.WriteStartObject();
        json.WriteString("sha", entry.Sha);
        json.WriteString("node_id", $"B_{entry.Sha}");
        json.WriteNumber("size", content.Length);
        json.WriteString("url", $"{call.Root}/repos/{repository.FullName}/git/blobs/{entry.Sha}");
        json.WriteString("content", Base64(content));
        json.WriteString("encoding", "base64");
        json.WriteEndObject();
    }
}
