// snippet:existing
using Octokit;

namespace OctokitInterop;

/// <summary>Code as it stands in many services: Octokit's client by injection, and nothing of this library.</summary>
public sealed class IssueBoard(IGitHubClient gitHub)
{
    public async Task<IReadOnlyList<string>> ListOpenAsync(string owner, string name)
    {
        var issues = await gitHub.Issue.GetAllForRepository(owner, name);
        return [.. issues.Select(issue => $"#{issue.Number} {issue.Title}")];
    }
}
// end-snippet
