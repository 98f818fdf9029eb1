using System.Collections.Frozen;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>What GitHub's words for the state of a task mean (docs.github.com, REST API, agent tasks).</summary>
internal static class CopilotStates
{
    private static readonly FrozenDictionary<string, CodingAgentState> Meanings = new Dictionary<string, CodingAgentState>(StringComparer.OrdinalIgnoreCase)
    {
        ["queued"] = CodingAgentState.Queued,
        ["in_progress"] = CodingAgentState.Running,
        ["idle"] = CodingAgentState.NeedsInput,
        ["waiting_for_user"] = CodingAgentState.NeedsInput,
        ["completed"] = CodingAgentState.Succeeded,
        ["failed"] = CodingAgentState.Failed,
        ["timed_out"] = CodingAgentState.Expired,
        ["cancelled"] = CodingAgentState.Cancelled,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a word means; <see cref="CodingAgentState.Unknown"/> for one that is new, or none.</summary>
    public static CodingAgentState Of(string? word) => word is not null && Meanings.TryGetValue(word, out var state) ? state : CodingAgentState.Unknown;
}
