using System.Collections.Frozen;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>
/// Events whose body can be the same, byte for byte, when the same happens again: they hold no moment and no number that rises. A second
/// one is no replay, so these are known again by their id alone.
/// </summary>
internal static class RepeatedBodies
{
    private static readonly FrozenSet<string> Events = FrozenSet.Create(
        StringComparer.Ordinal,
        "branch_protection_configuration",
        "check_run",
        "custom_property",
        "custom_property_values",
        "github_app_authorization",
        "installation_repositories",
        "installation_target",
        "label",
        "member",
        "membership",
        "org_block",
        "organization",
        "ping",
        "public",
        "pull_request_review_thread",
        "repository_dispatch",
        "repository_import",
        "security_and_analysis",
        "star",
        "team",
        "team_add",
        "watch",
        "workflow_dispatch");

    public static bool MayRepeat(string eventName) => Events.Contains(eventName);
}
