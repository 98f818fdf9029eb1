namespace ScmIntegrations.CodingAgents;

/// <summary>What is done with a prompt that is longer than the agent takes.</summary>
public enum PromptOverflow
{
    /// <summary>It is cut to fit, and the task carries a warning that says so.</summary>
    Cut,

    /// <summary>It is refused before anything is sent.</summary>
    Refuse,
}
