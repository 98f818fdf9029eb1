using System.Collections.Frozen;

namespace ScmIntegrations.CodingAgents.Failures;

/// <summary>The wire names of the types of failure.</summary>
public static class LaunchFailureTypes
{
    private static readonly FrozenDictionary<LaunchFailureType, string> Names = new Dictionary<LaunchFailureType, string>
    {
        [LaunchFailureType.Generic] = "generic",
        [LaunchFailureType.GitHubAppPermissions] = "github_app_permissions",
        [LaunchFailureType.GitHubCopilotNotLicensed] = "github_copilot_not_licensed",
        [LaunchFailureType.GitHubCopilotInsufficientQuota] = "github_copilot_insufficient_quota",
        [LaunchFailureType.CursorGitHubAccess] = "cursor_github_access",
        [LaunchFailureType.PlanRequired] = "plan_required",
        [LaunchFailureType.RepositoryNotEnabled] = "repository_not_enabled",
        [LaunchFailureType.RateLimited] = "rate_limited",
        [LaunchFailureType.BadCredentials] = "bad_credentials",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, LaunchFailureType> Types =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The name on the wire.</summary>
    /// <param name="type">The type; a value that is none counts as <see cref="LaunchFailureType.Generic"/>.</param>
    /// <returns>For example <c>github_app_permissions</c>.</returns>
    public static string ToName(this LaunchFailureType type) => Names.TryGetValue(type, out var name) ? name : Names[LaunchFailureType.Generic];

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The type; <see cref="LaunchFailureType.Generic"/> for a name that is absent or new.</returns>
    public static LaunchFailureType Parse(string? name) =>
        name is not null && Types.TryGetValue(name, out var type) ? type : LaunchFailureType.Generic;
}
