using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>
/// GraphQL as far as repositories by their node ids (<c>nodes(ids: $ids)</c>) and one pull request by its own (<c>node(id: $id)</c>): the fields that a client of trees asks for are
/// given, whichever of them the document names. Any other document is answered with an error, unless the test scripts its answer.
/// </summary>
internal static class GraphQLRoutes
{
    public const string Path = "/graphql";

    // The most ids of one query.
    private const int MaxNodes = 100;

    public static void Map(RouteTable routes) => routes.GraphQL(Path, Answer);

    /// <summary>A used-up limit, as GraphQL says it.</summary>
    public static Answer Limited(Call call) => Error("RATE_LIMITED", $"API rate limit exceeded for {call.Identity.LimitedAs}.");

    private static Answer Answer(Call call)
    {
        if (call.Identity is AnonymousIdentity or AppIdentity)
        {
            return Answers.GitHubError(403, "This endpoint requires you to be authenticated.", "https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql");
        }

        string[] ids;
        try
        {
            using var body = JsonDocument.Parse(call.Request.Body);
            var query = body.RootElement.GetProperty("query").GetString() ?? "";
            if (query.Contains("node(id:", StringComparison.Ordinal))
            {
                return Node(call, body.RootElement.GetProperty("variables").GetProperty("id").GetString() ?? "");
            }

            if (!query.Contains("nodes(ids:", StringComparison.Ordinal))
            {
                return Error(null, "The fake GitHub has no answer to this query. Script one for POST /graphql.");
            }

            ids = [.. body.RootElement.GetProperty("variables").GetProperty("ids").EnumerateArray().Select(id => id.GetString() ?? "")];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Answers.GitHubError(400, "Problems parsing JSON", "https://docs.github.com/graphql");
        }

        return ids.Length > MaxNodes
            ? Error("ARGUMENT_LIMIT", string.Create(CultureInfo.InvariantCulture, $"You may not provide more than {MaxNodes} node ids; you provided {ids.Length}."))
            : new JsonAnswer(200, json => WriteNodes(json, call, ids));
    }

    private static JsonAnswer Error(string? type, string message) => new(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        if (type is not null)
        {
            json.WriteString("type", type);
        }

        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static JsonAnswer Node(Call call, string id)
    {
        var found = call.State.Repositories.Where(call.Identity.MaySee).SelectMany(repository => repository.PullRequests())
            .FirstOrDefault(one => string.Equals(one.NodeId, id, StringComparison.Ordinal));
        return new JsonAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            json.WritePropertyName("node");
            if (found is not null)
            {
                PullRequestRoutes.WriteNode(json, found);
                json.WriteEndObject();
                json.WriteEndObject();
                return;
            }

            json.WriteNullValue();
            json.WriteEndObject();
            json.WriteStartArray("errors");
            json.WriteStartObject();
            json.WriteString("type", "NOT_FOUND");
            json.WriteStartArray("path");
            json.WriteStringValue("node");
            json.WriteEndArray();
            json.WriteString("message", $"Could not resolve to a node with the global id of '{id}'.");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteNodes(Utf8JsonWriter json, Call call, string[] ids)
    {
        FakeRepository?[] found = [.. ids.Select(id => Find(call, id))];
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteStartArray("nodes");
        foreach (var repository in found)
        {
            if (repository is null)
            {
                json.WriteNullValue();
            }
            else
            {
                WriteRepository(json, repository);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        if (Array.IndexOf(found, null) >= 0)
        {
            WriteErrors(json, ids, found);
        }

        json.WriteEndObject();
    }

    private static void WriteRepository(Utf8JsonWriter json, FakeRepository repository)
    {
        json.WriteStartObject();
        json.WriteString("__typename", "Repository");
        json.WriteString("id", RepositoryJson.NodeId(repository));
        json.WriteNumber("databaseId", repository.Id);
        json.WriteString("nameWithOwner", repository.FullName);
        json.WriteBoolean("isEmpty", repository.IsEmpty);
        json.WriteBoolean("isArchived", repository.IsArchived);
        json.WritePropertyName("defaultBranchRef");
        if (repository.Tree is { } tree)
        {
            json.WriteStartObject();
            json.WriteString("name", repository.DefaultBranch);
            json.WriteStartObject("target");
            json.WriteString("__typename", "Commit");
            json.WriteString("oid", tree.CommitId);
            json.WriteStartObject("tree");
            json.WriteString("oid", tree.TreeId);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, string[] ids, FakeRepository?[] found)
    {
        json.WriteStartArray("errors");
        for (var index = 0; index < ids.Length; index++)
        {
            if (found[index] is null)
            {
                json.WriteStartObject();
                json.WriteString("type", "NOT_FOUND");
                json.WriteStartArray("path");
                json.WriteStringValue("nodes");
                json.WriteNumberValue(index);
                json.WriteEndArray();
                json.WriteString("message", $"Could not resolve to a node with the global id of '{ids[index]}'.");
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static FakeRepository? Find(Call call, string nodeId) =>
        RepositoryJson.IdOf(nodeId) is { } id && call.State.FindRepository(id) is { } repository && call.Identity.MaySee(repository) ? repository : null;
}
