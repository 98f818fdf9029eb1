using OctokitInterop.Tour;

namespace OctokitInterop.Steps;

/// <summary>Octokit's method takes no token; the call ends with the caller's all the same, in the middle of a body.</summary>
internal static class GivingUp
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        using var givingUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listing = stage.Octokit.RunAsync("list_milestones", gitHub => gitHub.Issue.Milestone.GetAllForRepository("acme", "checkout"), givingUp.Token);
        await stage.GitHub.Server.WaitForRequestsAsync(HttpMethod.Get, "/repos/acme/checkout/milestones", 1, cancellationToken);
        await givingUp.CancelAsync();
        try
        {
            await listing;
            findings.Check(false, "milestones");
        }
        catch (OperationCanceledException cancelled)
        {
            findings.Check(cancelled.CancellationToken == givingUp.Token, "the answer had stalled; it ended with OperationCanceledException, with the caller's own token");
        }
    }
}
