using ScmIntegrations.GitHub;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Takes what Cursor says of a task only as far as it can be trusted: nothing of it may lead people to a stranger's page.</summary>
internal static class CursorFacts
{
    private const string GitHub = "github.com/";
    private const string GitSuffix = ".git";
    private const string Https = "https://";

    /// <summary>The repository of an address such as <c>https://github.com/acme/api</c>, which may come without its scheme; <see langword="null"/> for any other.</summary>
    public static RepositoryRef? Repository(string? address)
    {
        var rest = address ?? "";
        rest = rest.StartsWith(Https, StringComparison.OrdinalIgnoreCase) ? rest[Https.Length..] : rest;
        if (!rest.StartsWith(GitHub, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        rest = rest[GitHub.Length..].TrimEnd('/');
        rest = rest.EndsWith(GitSuffix, StringComparison.OrdinalIgnoreCase) ? rest[..^GitSuffix.Length] : rest;
        return RepositoryRef.TryParse(rest, out var repository) ? repository : null;
    }

    /// <summary>The pull request, if it is one of that repository.</summary>
    public static CodingAgentPullRequest? PullRequest(string? address, RepositoryRef? repository) =>
        repository is null ? null : CodingAgentPullRequest.Of(address, repository);

    /// <summary>The page to watch the agent on, if it is Cursor's.</summary>
    public static Uri? WebUrl(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && url is { Scheme: "https", UserInfo.Length: 0, IsDefaultPort: true }
        && (url.IdnHost is "cursor.com" || url.IdnHost.EndsWith(".cursor.com", StringComparison.OrdinalIgnoreCase))
            ? url
            : null;

    /// <summary>The branch, if git takes its name.</summary>
    public static string? Branch(string? name) => name is { Length: > 0 and <= 1024 } && GitRefName.IsValid(name) ? name : null;

    /// <summary>Words for people; <see langword="null"/> for none.</summary>
    public static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : Redaction.Clean(text);

    /// <summary>Cursor's own word for a status; empty when it gave none.</summary>
    public static string RawState(string? status) => Words(status) ?? "";
}
