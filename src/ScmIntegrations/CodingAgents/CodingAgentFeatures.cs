namespace ScmIntegrations.CodingAgents;

/// <summary>What an agent can do beside being started, read and listed.</summary>
[Flags]
public enum CodingAgentFeatures
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Its tasks can be cancelled.</summary>
    Cancel = 1,

    /// <summary>Its tasks take further prompts.</summary>
    FollowUp = 2,
}
