namespace ScmIntegrations.Interactions;

/// <summary>How loud a report is.</summary>
public enum FailureSeverity
{
    /// <summary>Good to know: a halt that asked to be reported, or a trouble that was handled.</summary>
    Warning,

    /// <summary>Somebody should look: the interaction failed.</summary>
    Error,
}
