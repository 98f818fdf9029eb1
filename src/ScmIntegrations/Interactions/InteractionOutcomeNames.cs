namespace ScmIntegrations.Interactions;

/// <summary>The wire names of outcomes, as they stand in metrics, traces and logs.</summary>
public static class InteractionOutcomeNames
{
    /// <summary>The lower-case name of an outcome.</summary>
    /// <param name="outcome">The outcome to name.</param>
    /// <returns>One of <c>success</c>, <c>halted</c>, <c>failure</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outcome"/> is not a defined value.</exception>
    public static string ToName(this InteractionOutcome outcome) => outcome switch
    {
        InteractionOutcome.Success => "success",
        InteractionOutcome.Halted => "halted",
        InteractionOutcome.Failure => "failure",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a defined outcome."),
    };
}
