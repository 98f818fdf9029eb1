namespace ScmIntegrations.CodingAgents;

/// <summary>Where a coding agent's task stands, whichever agent it is. The agent's own word is <see cref="CodingAgentTask.RawState"/>.</summary>
public enum CodingAgentState
{
    /// <summary>A word that is new to this library. It is not finished as far as anybody knows.</summary>
    Unknown,

    /// <summary>Accepted, and not begun.</summary>
    Queued,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Waiting for a person to answer or to go on.</summary>
    NeedsInput,

    /// <summary>Finished; there may be a pull request, and need not be.</summary>
    Succeeded,

    /// <summary>Ended without success.</summary>
    Failed,

    /// <summary>Ended by a person.</summary>
    Cancelled,

    /// <summary>Ended by its time limit.</summary>
    Expired,
}
