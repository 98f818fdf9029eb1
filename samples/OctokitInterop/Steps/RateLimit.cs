using Octokit;
using OctokitInterop.Tour;
using ScmIntegrations.Errors;

namespace OctokitInterop.Steps;

/// <summary>A limit surfaces once with the time to come back; until then nothing is sent.</summary>
internal static class RateLimit
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        var first = await SearchAsync(stage, cancellationToken);
        var second = await SearchAsync(stage, cancellationToken);

        var sent = stage.GitHub.Server.Count(HttpMethod.Get, "/search/issues");
        findings.Check(first?.RetryAt is not null, $"ScmRateLimitException, {first?.Reason.ToName()}: come back at {first?.RetryAt:u}");
        findings.Check(second is not null && sent == 1, $"asked again at once: refused here, and GitHub has seen {sent} request of the two");
    }

    private static async Task<ScmRateLimitException?> SearchAsync(Stage stage, CancellationToken cancellationToken)
    {
        try
        {
            await stage.Octokit.RunAsync("search_issues", gitHub => gitHub.Search.SearchIssues(new SearchIssuesRequest("slow")), cancellationToken);
            return null;
        }
        catch (ScmRateLimitException limit)
        {
            return limit;
        }
    }
}
