using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using static ScmIntegrations.CodingAgents.Failures.LaunchFailureType;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// What Copilot's own refusals mean, as data. They stand behind the definite reasons of all agents: of what remains, a 403 to a user's token
/// means that the App's installation lacks something, because what the user and the App may do meet.
/// </summary>
internal static class CopilotFailures
{
    private const string NoLicense = "Launching GitHub Copilot at {repository} needs a Copilot license. Ask an owner of the organisation for a seat, or take a plan that includes the coding agent.";

    /// <summary>The rows, in order.</summary>
    /// <param name="installations">The list of installations, where the one that is concerned is not known.</param>
    public static IReadOnlyList<LaunchFailureRow> Rows(Uri installations) =>
    [
        new(GitHubCopilotNotLicensed) { Reasons = [ErrorReason.LicenseMissing], Message = NoLicense },

        // Under whatever status it may come one day.
        new(GitHubCopilotNotLicensed) { Words = ["not licensed"], Message = NoLicense },
        new(GitHubCopilotInsufficientQuota)
        {
            Reasons = [ErrorReason.QuotaExceeded],
            Message = "GitHub Copilot was not launched at {repository}: the premium request quota is used up. Wait until it is renewed, or raise the budget for premium requests.",
        },
        new(GitHubAppPermissions)
        {
            Reasons = [ErrorReason.PermissionMissing],
            Statuses = [403],
            NeededPermissions = ["contents=write"],
            FixUrl = installations,
            Message = "The GitHub App's installation does not have the permissions that launching GitHub Copilot at {repository} needs.",
        },
        new(RepositoryNotEnabled) { Statuses = [404, 422], Words = ["not enabled * repository", "disabled * repository", "repository * not enabled", "repository * disabled"] },
        new(Generic)
        {
            Reasons = [ErrorReason.NotFound],
            Message = "GitHub found no place for a task at {repository}: the repository does not exist or cannot be seen, or the Copilot coding agent is switched off for it.",
        },
    ];
}
