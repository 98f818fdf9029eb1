using System.Net;
using Octokit;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Octokit.Tests.Snippets;

/// <summary>The same method before and after: how many entries a repository has, and when to ask again.</summary>
internal static class TreeSizes
{
    public static async Task<(int? Entries, DateTimeOffset? AskAgain)> BeforeAsync(IGitHubClient gitHub, string owner, string name, TimeProvider time)
    {
        // snippet:before
        try
        {
            return ((await gitHub.Git.Tree.GetRecursive(owner, name, "main")).Tree.Count, null);
        }
        catch (NotFoundException)
        {
            return (null, null);
        }
        catch (ApiException empty) when (empty.StatusCode is HttpStatusCode.Conflict && empty.Message.Contains("is empty", StringComparison.Ordinal))
        {
            return (0, null);
        }
        catch (RateLimitExceededException limit)
        {
            return (null, limit.Reset);
        }
        catch (AbuseException limit)
        {
            return (null, time.GetUtcNow().AddSeconds(limit.RetryAfterSeconds ?? 60));
        }
        catch (ApiException error) when (error is SecondaryRateLimitExceededException || error.StatusCode is HttpStatusCode.TooManyRequests || error.StatusCode >= HttpStatusCode.InternalServerError)
        {
            return (null, time.GetUtcNow().AddMinutes(1)); // a guess
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return (null, time.GetUtcNow().AddMinutes(1)); // a guess
        }
        // end-snippet
    }

    public static async Task<(int? Entries, DateTimeOffset? AskAgain)> AfterAsync(IOctokitIntegrationClient octokit, string owner, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        // snippet:after
        try
        {
            var tree = await octokit.RunAsync("get_tree", gitHub => gitHub.Git.Tree.GetRecursive(owner, name, "main"), cancellationToken);
            return (tree.Tree.Count, null);
        }
        catch (ScmNotFoundException)
        {
            return (null, null);
        }
        catch (ScmEmptyRepositoryException)
        {
            return (0, null);
        }
        catch (ScmException error) when (error.IsTransient)
        {
            return (null, error.RetryAt ?? time.GetUtcNow().AddMinutes(1)); // a limit, or trouble that has outlasted the retries
        }
        // end-snippet
    }
}
