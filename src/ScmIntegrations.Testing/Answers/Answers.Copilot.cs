namespace ScmIntegrations.Testing;

/// <content>Refusals that a launch of Copilot's coding agent meets.</content>
public static partial class Answers
{
    /// <summary>403: the user has no Copilot license.</summary>
    /// <returns>The answer.</returns>
    public static Answer CopilotNotLicensed() => GitHubError(403, "The user is not licensed for Copilot.", CopilotRoutes.Documentation);

    /// <summary>412: the user's premium requests are used up.</summary>
    /// <returns>The answer.</returns>
    public static Answer CopilotInsufficientQuota() => GitHubError(412, "insufficient premium quota to create assignment", CopilotRoutes.Documentation);

    /// <summary>403: the agent is switched off for the repository.</summary>
    /// <returns>The answer.</returns>
    public static Answer CopilotNotEnabled() => GitHubError(403, "Copilot coding agent is not enabled for this repository.", CopilotRoutes.Documentation);

    /// <summary>403: the plan does not include it.</summary>
    /// <returns>The answer.</returns>
    public static Answer PlanRequired() => GitHubError(403, "Upgrade to GitHub Pro or make this repository public to enable this feature.");

    /// <summary>403: the user's account is suspended.</summary>
    /// <returns>The answer.</returns>
    public static Answer UserSuspended() => GitHubError(403, "Sorry. Your account was suspended.");
}
