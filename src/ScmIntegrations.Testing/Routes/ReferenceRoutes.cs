using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>Branches, references and commits: what turns a name into ids.</summary>
internal static class ReferenceRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/repos/{owner}/{repo}/branches/{branch}", call => RepositoryRoutes.WithContents(call, repository =>
            repository.FindBranch(call["branch"]) is { } tree
                ? Tagged(json => WriteBranch(json, call, repository, tree))
                : Answers.GitHubError(404, "Branch not found", "https://docs.github.com/rest/branches/branches#get-a-branch")));

        routes.Get("/repos/{owner}/{repo}/git/ref/heads/{branch...}", call => WithCommits(call, repository =>
            repository.FindBranch(call["branch"]) is { } tree
                ? Tagged(json => WriteReference(json, call, repository, tree))
                : Answers.NotFound()));

        routes.Get("/repos/{owner}/{repo}/commits/{ref}", call => WithCommits(call, repository =>
            GitReferences.FindCommit(repository, call["ref"]) is { } tree
                ? AsksForId(call) ? new CommitIdAnswer(tree.CommitId) : Tagged(json => WriteCommit(json, call, repository, tree))
                : Answers.GitHubError(422, $"No commit found for SHA: {call["ref"]}", "https://docs.github.com/rest/commits/commits#get-a-commit")));

        routes.Get("/repos/{owner}/{repo}/git/commits/{sha}", call => WithCommits(call, repository =>
            repository.FindCommit(call["sha"]) is { } tree
                ? Tagged(json => WriteGitCommit(json, call, repository, tree))
                : Answers.NotFound()));
    }

    private static Answer WithCommits(Call call, Func<FakeRepository, Answer> handle) =>
        RepositoryRoutes.WithContents(call, repository => repository.IsEmpty ? Answers.EmptyRepository() : handle(repository));

    private static bool AsksForId(Call call) =>
        call.Context.Request.Headers.Accept.ToString() is "application/vnd.github.sha" or "application/vnd.github.v3.sha";

    private static JsonAnswer Tagged(Action<Utf8JsonWriter> write) => new(200, write, isTagged: true);

    private static void WriteBranch(Utf8JsonWriter json, Call call, FakeRepository repository, FakeTree tree)
    {
        json.WriteStartObject();
        json.WriteString("name", call["branch"]);
        json.WritePropertyName("commit");
        WriteCommit(json, call, repository, tree);
        json.WriteBoolean("protected", false);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, Call call, FakeRepository repository, FakeTree tree)
    {
        json.WriteStartObject();
        json.WriteString("ref", $"refs/heads/{call["branch"]}");
        json.WriteString("url", $"{Url(call, repository)}/git/refs/heads/{call["branch"]}");
        json.WriteStartObject("object");
        json.WriteString("sha", tree.CommitId);
        json.WriteString("type", "commit");
        json.WriteString("url", $"{Url(call, repository)}/git/commits/{tree.CommitId}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCommit(Utf8JsonWriter json, Call call, FakeRepository repository, FakeTree tree)
    {
        json.WriteStartObject();
        json.WriteString("sha", tree.CommitId);
        json.WriteStartObject("commit");
        WriteTreeAndMessage(json, call, repository, tree);
        json.WriteEndObject();
        json.WriteString("url", $"{Url(call, repository)}/commits/{tree.CommitId}");
        json.WriteStartArray("parents");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGitCommit(Utf8JsonWriter json, Call call, FakeRepository repository, FakeTree tree)
    {
        json.WriteStartObject();
        json.WriteString("sha", tree.CommitId);
        json.WriteString("url", $"{Url(call, repository)}/git/commits/{tree.CommitId}");
        WriteTreeAndMessage(json, call, repository, tree);
        json.WriteStartArray("parents");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTreeAndMessage(Utf8JsonWriter json, Call call, FakeRepository repository, FakeTree tree)
    {
        json.WriteString("message", "A commit");
        json.WriteStartObject("tree");
        json.WriteString("sha", tree.TreeId);
        json.WriteString("url", $"{Url(call, repository)}/git/trees/{tree.TreeId}");
        json.WriteEndObject();
    }

    private static string Url(Call call, FakeRepository repository) => $"{call.Root}/repos/{repository.FullName}";
}
