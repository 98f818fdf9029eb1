using ScmIntegrations.Errors;

namespace ScmIntegrations.CodingAgents.Transport;

/// <summary>One row of a table of a service's errors: which answers it is for, and what they mean.</summary>
/// <param name="Reason">What the answer means.</param>
/// <param name="Statuses">The HTTP statuses the row is for; empty means any.</param>
internal sealed record AgentErrorRow(ErrorReason Reason, params IReadOnlyList<int> Statuses)
{
    /// <summary>The service's codes the row is for; empty means any, and none.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>What the message has in it, in any case; <see langword="null"/> means any message, and none.</summary>
    public string? Words { get; init; }

    public bool Matches(int status, AgentErrorBody body) =>
        (Statuses.Count == 0 || Statuses.Contains(status))
        && (Codes.Count == 0 || Codes.Contains(body.Code, StringComparer.OrdinalIgnoreCase))
        && (Words is null || body.Message?.Contains(Words, StringComparison.OrdinalIgnoreCase) is true);
}
