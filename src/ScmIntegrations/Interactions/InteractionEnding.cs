namespace ScmIntegrations.Interactions;

/// <summary>How an interaction ends, and how loudly.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Cause">Why; <see langword="null"/> for a success.</param>
/// <param name="Exception">The exception behind it, where there is one.</param>
/// <param name="Report">Whether reporters are told.</param>
/// <param name="LogSampleRate">The share of such endings to log; <see langword="null"/> for the descriptor's.</param>
internal sealed record InteractionEnding(
    InteractionOutcome Outcome,
    InteractionCause? Cause = null,
    Exception? Exception = null,
    bool Report = false,
    double? LogSampleRate = null)
{
    public static readonly InteractionEnding Success = new(InteractionOutcome.Success);

    public static InteractionEnding Decide(InteractionOutcomes outcomes, Exception exception, CancellationToken callersToken)
    {
        var outcome = outcomes.Decide(exception, callersToken);
        var cause = InteractionCause.Of(exception, callersToken);
        return new(outcome, cause, exception, Report: outcome is InteractionOutcome.Failure);
    }
}
