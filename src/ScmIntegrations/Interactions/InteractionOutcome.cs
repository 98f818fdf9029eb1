namespace ScmIntegrations.Interactions;

/// <summary>How an interaction ended. Each ends exactly once.</summary>
public enum InteractionOutcome
{
    /// <summary>Fine. Wire name <c>success</c>.</summary>
    Success,

    /// <summary>Not done, as expected: nobody is paged. Wire name <c>halted</c>.</summary>
    Halted,

    /// <summary>Somebody should look. Wire name <c>failure</c>.</summary>
    Failure,
}
