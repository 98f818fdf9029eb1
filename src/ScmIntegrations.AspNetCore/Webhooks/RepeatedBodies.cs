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
        "github_app_authorization",
        "installation_target",
        "member",
        "membership",
        "organization",
        "ping",
        "public",
        "star",
        "team",
        "team_add",
        "watch");

    public static bool MayRepeat(string eventName) => Events.Contains(eventName);
}
