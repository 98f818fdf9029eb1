using ScmIntegrations.Errors;

namespace ScmIntegrations.Interactions;

/// <summary>
/// Changes what an error means for the interaction it ends. Register any number; the first that has an opinion decides. What none
/// of them cares for follows <see cref="ScmException.IsExpected"/>.
/// </summary>
public interface IOutcomeOverride
{
    /// <summary>Decides about one error. Called at the end of an interaction: decide from the exception alone, and do not block.</summary>
    /// <param name="exception">
    /// What ended the interaction. <see cref="ScmError.Rule"/> of its facts is the row of the retry table that decided about the call.
    /// </param>
    /// <returns>The outcome; <see langword="null"/> for no opinion. What this throws counts as no opinion, and is logged.</returns>
    InteractionOutcome? Override(ScmException exception);
}
