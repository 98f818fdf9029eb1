using Octokit;
using OctokitInterop.Tour;
using ScmIntegrations.Errors;

namespace OctokitInterop.Steps;

/// <summary>A refusal that says what is missing, and where it is granted.</summary>
internal static class MissingPermission
{
    public static async Task RunAsync(Stage stage, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await stage.Octokit.RunAsync("create_issue", gitHub => gitHub.Issue.Create("acme", "checkout", new NewIssue("Too slow")), cancellationToken);
            findings.Check(false, "an issue");
        }
        catch (ScmPermissionException denied)
        {
            findings.Check(denied.Error.AcceptedPermissions is "issues=write", $"ScmPermissionException: the installation lacks {denied.Error.AcceptedPermissions}");
            findings.Check(denied.FixUrl is not null, $"it is granted at {denied.FixUrl}");
        }
    }
}
