using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ScmIntegrations.Testing;

/// <summary>
/// Bodies as GitHub writes them, for tests that bring a handler or a stub of their own. They are written by what <see cref="FakeGitHub"/>
/// answers with.
/// </summary>
public static class Payloads
{
    /// <summary>A repository, as <c>GET /repos/{owner}/{repo}</c> answers.</summary>
    /// <param name="fullName">Owner and name, for example <c>acme/api</c>.</param>
    /// <param name="configure">Sets it up: private, archived, the default branch, a tree.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="ArgumentException">The name is not owner/name.</exception>
    public static string Repository(string fullName, Action<FakeRepository>? configure = null) =>
        Write(json => WriteRepository(json, fullName, configure));

    /// <summary>A page of repositories, as <c>GET /orgs/{org}/repos</c> answers; one of an installation stands in an object.</summary>
    /// <param name="fullNames">Owner and name of each.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="ArgumentException">A name is not owner/name.</exception>
    public static string Repositories(params IEnumerable<string> fullNames)
    {
        ArgumentNullException.ThrowIfNull(fullNames);
        return Write(json =>
        {
            json.WriteStartArray();
            foreach (var fullName in fullNames)
            {
                WriteRepository(json, fullName, configure: null);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>A tree with all its entries, as <c>GET /repos/{owner}/{repo}/git/trees/{sha}?recursive=1</c> answers.</summary>
    /// <param name="tree">The tree; see <see cref="FakeTreeBuilder"/>.</param>
    /// <param name="fullName">Owner and name, for the links.</param>
    /// <param name="truncated">Whether it says that entries are missing.</param>
    /// <returns>JSON.</returns>
    public static string Tree(FakeTree tree, string fullName = "acme/api", bool truncated = false)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentException.ThrowIfNullOrEmpty(fullName);
        return Write(json =>
        {
            var address = $"{JsonPlace.GitHubRoot}/repos/{fullName}";
            json.WriteStartObject();
            json.WriteString("sha", tree.CommitId);
            json.WriteString("url", $"{address}/git/trees/{tree.CommitId}");
            json.WriteStartArray("tree");
            foreach (var entry in tree.Entries)
            {
                TreeAnswer.WriteEntry(json, address, entry, entry.Path);
            }

            json.WriteEndArray();
            json.WriteBoolean("truncated", truncated);
            json.WriteEndObject();
        });
    }

    /// <summary>The limits, as <c>GET /rate_limit</c> answers.</summary>
    /// <param name="limit">Requests an hour.</param>
    /// <param name="used">How many are used.</param>
    /// <param name="resetsAt">When the window ends.</param>
    /// <returns>JSON.</returns>
    public static string RateLimit(int limit, int used, DateTimeOffset resetsAt) =>
        Write(json => RateLimitJson.Write(json, limit, used, resetsAt, resetsAt, hasRate: true));

    /// <summary>An error in GitHub's envelope.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">The message.</param>
    /// <param name="documentationUrl">The documentation; the general one unless given.</param>
    /// <returns>JSON.</returns>
    public static string Error(int status, string message, string documentationUrl = "https://docs.github.com/rest") => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteString("documentation_url", documentationUrl);
        json.WriteString("status", status.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });

    internal static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRepository(Utf8JsonWriter json, string fullName, Action<FakeRepository>? configure)
    {
        var place = new JsonPlace(new GitHubState());
        var repository = place.State.CreateRepository(fullName);
        configure?.Invoke(repository);
        RepositoryJson.Write(json, place, repository);
    }
}
