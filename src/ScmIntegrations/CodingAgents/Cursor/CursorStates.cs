using System.Collections.Frozen;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>What Cursor's words for a status mean, of both generations.</summary>
internal static class CursorStates
{
    private static readonly FrozenDictionary<string, CodingAgentState> States = new Dictionary<string, CodingAgentState>(StringComparer.Ordinal)
    {
        ["CREATING"] = CodingAgentState.Queued,
        ["RUNNING"] = CodingAgentState.Running,
        ["FINISHED"] = CodingAgentState.Succeeded,
        ["ERROR"] = CodingAgentState.Failed,
        ["CANCELLED"] = CodingAgentState.Cancelled,
        ["STOPPED"] = CodingAgentState.Cancelled,
        ["EXPIRED"] = CodingAgentState.Expired,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The state; <see cref="CodingAgentState.Unknown"/> for a word that is absent or new.</summary>
    public static CodingAgentState Of(string? status) => status is not null && States.TryGetValue(status, out var state) ? state : CodingAgentState.Unknown;
}
