using System.Net;
using System.Text;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Commits;

/// <summary>
/// Asks which commit a ref leads to: an answer of forty bytes. Whoever knows a commit already sends it as the entity tag, which is
/// no token's but the commit's own, and a ref that has not moved is a 304, free of the hourly limit
/// (docs.github.com, "Get a commit", media type <c>sha</c>).
/// </summary>
internal static class CommitReader
{
    // An id is 40 characters, 64 in repositories with SHA-256, and a line end.
    private const int MaxBytes = 256;

    /// <summary>The id of the commit that a ref leads to.</summary>
    /// <param name="connection">The way to GitHub.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="gitRef">A branch, a tag, a commit or <c>HEAD</c>.</param>
    /// <param name="known">The commit that it led to when it was last asked; <see langword="null"/> when nobody knows.</param>
    /// <param name="lane">Where the request is counted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Errors.ScmEmptyRepositoryException">The repository has no commit.</exception>
    /// <exception cref="Errors.ScmNotFoundException">The ref leads to no commit.</exception>
    public static Task<string> ReadAsync(GitHubConnection connection, RepositoryRef repository, string gitRef, string? known, RequestLane lane, CancellationToken cancellationToken)
    {
        var request = GitHubRequest.Get("/repos/{owner}/{repo}/commits/{ref}", repository.Owner, repository.Name, gitRef).PartOf(lane) with
        {
            Accept = "application/vnd.github.sha",
            ForeignHeaders = known is null ? [] : [new("If-None-Match", [$"\"{known}\""])],
        };
        return connection.SendAsync(
            request,
            (response, token) => response.Status is HttpStatusCode.NotModified && known is not null ? Task.FromResult(known) : ReadIdAsync(response, token),
            cancellationToken);
    }

    private static async Task<string> ReadIdAsync(GitHubResponse response, CancellationToken cancellationToken)
    {
        if (response.IsJson)
        {
            // A server that does not know the media type describes the whole commit.
            var commit = await response.ReadJsonAsync(GitHubJson.Default.CommitWire, cancellationToken).ConfigureAwait(false);
            return Check(commit.Sha);
        }

        var buffer = new byte[MaxBytes];
        var length = await response.Body.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Check(Encoding.UTF8.GetString(buffer.AsSpan(0, length)).Trim());
    }

    private static string Check(string id) =>
        GitRefName.IsObjectId(id) ? id : throw new WrongShapeException("The answer is not the id of a commit.");
}
