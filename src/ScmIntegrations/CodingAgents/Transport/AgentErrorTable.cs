using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>What an agent's answers mean by their status alone, as data. Stands behind the service's own rows; the last row matches everything.</summary>
internal static class AgentErrorTable
{
    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<AgentErrorRow> ByStatus { get; } =
    [
        new(SecondaryRateLimit, 429),
        new(BadCredentials, 401),
        new(PlanRequired, 402),
        new(PermissionMissing, 403),
        new(NotFound, 404),
        new(NotAllowed, 405),
        new(ErrorReason.Transport, 408, 421),
        new(Conflict, 409, 412),
        new(Gone, 410),
        new(ValidationFailed, 400, 406, 411, 413, 414, 415, 422, 431),
        new(RedirectRefused, 300, 301, 302, 303, 305, 307, 308),
        new(LegalBlock, 451),
        new(ServerError, [.. Enumerable.Range(500, 100)]),
        new(Unknown),
    ];

    /// <summary>The row that decides.</summary>
    public static AgentErrorRow Find(IReadOnlyList<AgentErrorRow> own, int status, AgentErrorBody body) =>
        own.FirstOrDefault(row => row.Matches(status, body)) ?? ByStatus.First(row => row.Matches(status, body));
}
