namespace ScmIntegrations.CodingAgents.Failures;

/// <summary>What a launch failed for, as a product tells its users apart what to do. The wire names are in <see cref="LaunchFailureTypes"/>.</summary>
public enum LaunchFailureType
{
    /// <summary>Anything else: the message says what.</summary>
    Generic,

    /// <summary>The GitHub App's installation lacks a permission, or does not cover the repository.</summary>
    GitHubAppPermissions,

    /// <summary>The user has no Copilot license.</summary>
    GitHubCopilotNotLicensed,

    /// <summary>The user's premium requests of Copilot are used up.</summary>
    GitHubCopilotInsufficientQuota,

    /// <summary>Cursor's own GitHub App cannot see the repository.</summary>
    CursorGitHubAccess,

    /// <summary>The plan does not include the agent.</summary>
    PlanRequired,

    /// <summary>The agent is switched off for the repository or its organisation.</summary>
    RepositoryNotEnabled,

    /// <summary>A rate limit holds: later it can succeed.</summary>
    RateLimited,

    /// <summary>The credential is wrong, expired, revoked, or of a kind that the agent does not take.</summary>
    BadCredentials,
}
