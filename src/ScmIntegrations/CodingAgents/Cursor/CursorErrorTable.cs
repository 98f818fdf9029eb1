using ScmIntegrations.CodingAgents.Transport;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>
/// What Cursor's codes mean, as data. A code says more than the status it comes with; what has none, or one that is new, goes by its
/// status (<see cref="AgentErrorTable"/>). Source: the codes of Cursor's OpenAPI specification of the current API.
/// </summary>
internal static class CursorErrorTable
{
    /// <summary>The code for a launch whose id is taken.</summary>
    public const string AgentIdConflict = "agent_id_conflict";

    /// <summary>How Cursor says that it has no access to a repository.</summary>
    public const string NoAccess = "Failed to verify existence of branch";

    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<AgentErrorRow> Rows { get; } =
    [
        // Its GitHub App cannot see the repository: its user's matter, and nobody is paged.
        new(PermissionMissing, 400) { Words = NoAccess },
        new(BadCredentials) { Codes = ["unauthorized", "api_key_not_found"] },
        new(PlanRequired) { Codes = ["plan_required", "feature_unavailable"] },
        new(PermissionMissing) { Codes = ["role_forbidden"] },
        new(SecondaryRateLimit) { Codes = ["rate_limit_exceeded"] },
        new(ValidationFailed) { Codes = ["validation_error", "missing_body", "invalid_last_event_id"] },
        new(NotFound) { Codes = ["agent_not_found", "run_not_found"] },
        new(Conflict) { Codes = ["agent_busy", "agent_archived", "run_not_cancellable", AgentIdConflict] },
        new(Gone) { Codes = ["stream_expired"] },
        new(ServerError) { Codes = ["upstream_error", "internal_error", "stream_unavailable"] },
    ];
}
