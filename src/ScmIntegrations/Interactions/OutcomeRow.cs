using ScmIntegrations.Errors;

namespace ScmIntegrations.Interactions;

/// <summary>One row of the <see cref="OutcomeTable"/>: what a reason means for the interaction, by whose credential it was.</summary>
/// <param name="Reason">What the answer means.</param>
/// <param name="Customer">The outcome under a customer's credential.</param>
/// <param name="Operator">The outcome under the operator's own credential.</param>
internal sealed record OutcomeRow(ErrorReason Reason, InteractionOutcome Customer, InteractionOutcome Operator);
