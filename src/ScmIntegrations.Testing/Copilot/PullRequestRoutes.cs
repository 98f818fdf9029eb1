using System.Globalization;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Pull requests: the list of a repository, one by its number, and one by its node id in GraphQL.</summary>
internal static class PullRequestRoutes
{
    private const string Path = "/repos/{owner}/{repo}/pulls";

    public static void Map(RouteTable routes)
    {
        routes.Get(Path, call => RepositoryRoutes.With(call, repository => List(call, repository)));
        routes.Get(Path + "/{number}", call => RepositoryRoutes.With(call, repository =>
            int.TryParse(call["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && repository.FindPullRequest(number) is { } found
                ? new JsonAnswer(200, json => Write(json, call, found), isTagged: true)
                : Answers.NotFound()));
    }

    /// <summary>What GraphQL answers to <c>node(id:)</c>.</summary>
    public static void WriteNode(Utf8JsonWriter json, FakePullRequest pullRequest)
    {
        json.WriteStartObject();
        json.WriteString("__typename", "PullRequest");
        json.WriteString("id", pullRequest.NodeId);
        json.WriteNumber("number", pullRequest.Number);
        json.WriteString("title", pullRequest.Title);
        json.WriteString("url", pullRequest.Url);
        json.WriteString("state", pullRequest.State.ToUpperInvariant());
        json.WriteEndObject();
    }

    private static JsonAnswer List(Call call, FakeRepository repository)
    {
        var state = call.Query("state") ?? "open";

        // GitHub: a head without its owner is no filter at all.
        var head = call.Query("head") is { } asked && asked.Contains(':', StringComparison.Ordinal) ? asked : null;
        FakePullRequest[] found =
        [
            .. repository.PullRequests().Where(one =>
                (state is "all" || string.Equals(one.State, state, StringComparison.Ordinal))
                && (head is null || string.Equals($"{repository.Owner}:{one.HeadRef}", head, StringComparison.OrdinalIgnoreCase)))
                .OrderByDescending(one => one.Number),
        ];
        var page = Page.Of(call, found, string.Create(CultureInfo.InvariantCulture, $"/repositories/{repository.Id}/pulls"));
        return new JsonAnswer(
            200,
            json =>
            {
                json.WriteStartArray();
                foreach (var one in page)
                {
                    Write(json, call, one);
                }

                json.WriteEndArray();
            },
            isTagged: true);
    }

    private static void Write(Utf8JsonWriter json, Call call, FakePullRequest pullRequest)
    {
        var repository = pullRequest.Repository;
        json.WriteStartObject();
        json.WriteString("url", string.Create(CultureInfo.InvariantCulture, $"{call.Root}/repos/{repository.FullName}/pulls/{pullRequest.Number}"));
        json.WriteNumber("id", (repository.Id * 10_000) + pullRequest.Number);
        json.WriteString("node_id", pullRequest.NodeId);
        json.WriteString("html_url", pullRequest.Url);
        json.WriteNumber("number", pullRequest.Number);
        json.WriteString("state", pullRequest.State);
        json.WriteString("title", pullRequest.Title);
        json.WriteStartObject("head");
        json.WriteString("label", $"{repository.Owner}:{pullRequest.HeadRef}");
        json.WriteString("ref", pullRequest.HeadRef);
        json.WriteEndObject();
        json.WriteStartObject("base");
        json.WriteString("label", $"{repository.Owner}:{repository.DefaultBranch}");
        json.WriteString("ref", repository.DefaultBranch);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
