using OctokitInterop.Tour;

namespace OctokitInterop.Steps;

/// <summary>A class that knows nothing but Octokit speaks over the client's line.</summary>
internal static class ExistingCode
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        var issues = await stage.Board.ListOpenAsync("acme", "checkout");

        var pages = stage.GitHub.Server.Find(HttpMethod.Get, "/repos/acme/checkout/issues");
        findings.Say("   IssueBoard takes IGitHubClient by injection, as it always did:");
        foreach (var issue in issues)
        {
            findings.Say($"       {issue}");
        }

        findings.Check(issues.Count == 3, $"{issues.Count} issues from {pages.Count} pages");
        findings.Check(pages.Count == 2 && pages.All(page => page.Token is not null), "both pages were asked with the installation's token, which was minted below Octokit");
    }
}
