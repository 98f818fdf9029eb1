using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>One row of a table of a service's errors: which answers it is for, and what they mean.</summary>
/// <param name="Reason">What the answer means.</param>
/// <param name="Statuses">The HTTP statuses the row is for; empty means any.</param>
internal sealed record AgentErrorRow(ErrorReason Reason, params IReadOnlyList<int> Statuses)
{
    /// <summary>The service's codes the row is for; empty means any, and none.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    public bool Matches(int status, string? code) =>
        (Statuses.Count == 0 || Statuses.Contains(status))
        && (Codes.Count == 0 || Codes.Contains(code, StringComparer.OrdinalIgnoreCase));
}
