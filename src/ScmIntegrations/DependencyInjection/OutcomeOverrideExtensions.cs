using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Changes which errors halt an interaction and which fail it, for all clients of the application and its own interactions.</summary>
public static class OutcomeOverrideExtensions
{
    /// <summary>Gives every error of a reason another outcome, for example <c>OverrideOutcome(ErrorReason.Conflict, InteractionOutcome.Failure)</c>.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="outcome">How its interactions end.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The reason or the outcome is not a defined value.</exception>
    public static IScmIntegrationsBuilder OverrideOutcome(this IScmIntegrationsBuilder builder, ErrorReason reason, InteractionOutcome outcome)
    {
        if (!Enum.IsDefined(reason))
        {
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a defined reason.");
        }

        if (!Enum.IsDefined(outcome))
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a defined outcome.");
        }

        return builder.OverrideOutcome(exception => exception.Reason == reason ? outcome : null);
    }

    /// <summary>
    /// Decides about errors one by one, for example by <see cref="ScmError.Rule"/>, the row of the retry table. The first override
    /// that has an opinion decides; an implementation of <see cref="IOutcomeOverride"/> can be registered as a service as well.
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="decide">The outcome of an error; <see langword="null"/> for no opinion.</param>
    /// <returns>The builder.</returns>
    public static IScmIntegrationsBuilder OverrideOutcome(this IScmIntegrationsBuilder builder, Func<ScmException, InteractionOutcome?> decide)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(decide);
        builder.Services.AddSingleton<IOutcomeOverride>(new Opinion(decide));
        return builder;
    }

    private sealed class Opinion(Func<ScmException, InteractionOutcome?> decide) : IOutcomeOverride
    {
        public InteractionOutcome? Override(ScmException exception) => decide(exception);
    }
}
