using OctokitInterop.Tour;
using ScmIntegrations.Errors;

namespace OctokitInterop.Steps;

/// <summary>A <c>Link</c> to a stranger: Octokit by itself follows it, with the token.</summary>
internal static class AnotherHost
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await stage.Octokit.RunAsync("list_labels", gitHub => gitHub.Issue.Labels.GetAllForRepository("acme", "checkout"), cancellationToken);
            findings.Check(false, "labels");
        }
        catch (ScmOriginBlockedException blocked)
        {
            var asked = stage.GitHub.Stranger.Requests.Count;
            findings.Check(true, $"ScmOriginBlockedException: {blocked.Message}");
            findings.Check(asked == 0, $"{asked} requests have reached {stage.GitHub.Stranger.Address}, and no token");
        }
    }
}
