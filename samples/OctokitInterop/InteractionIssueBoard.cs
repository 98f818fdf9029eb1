// snippet:run-async
using ScmIntegrations.Octokit;

namespace OctokitInterop;

/// <summary>The same call as an interaction: it has a name, can be cancelled, and fails with typed errors.</summary>
public sealed class InteractionIssueBoard(IOctokitIntegrationClient octokit)
{
    public async Task<IReadOnlyList<string>> ListOpenAsync(string owner, string name, CancellationToken cancellationToken = default)
    {
        var issues = await octokit.RunAsync("list_issues", gitHub => gitHub.Issue.GetAllForRepository(owner, name), cancellationToken);
        return [.. issues.Select(issue => $"#{issue.Number} {issue.Title}")];
    }
}
// end-snippet
