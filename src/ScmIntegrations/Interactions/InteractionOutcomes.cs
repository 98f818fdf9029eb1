using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Interactions;

/// <summary>Decides which exception is expected (a halt) and which one somebody should look at (a failure).</summary>
/// <param name="overrides">The opinions of the application, in order.</param>
/// <param name="loggerFactory">Makes the logger of the interactions.</param>
internal sealed class InteractionOutcomes(IEnumerable<IOutcomeOverride> overrides, ILoggerFactory loggerFactory)
{
    private readonly IOutcomeOverride[] _overrides = [.. overrides];
    private readonly InteractionLog _log = new(loggerFactory.CreateLogger(ScmTelemetry.InteractionsLogCategory));

    /// <summary>The outcome of an interaction that ended with the given exception.</summary>
    public InteractionOutcome Decide(Exception exception, CancellationToken callersToken) => exception switch
    {
        ScmException known => Overridden(known) ?? (known.IsExpected ? InteractionOutcome.Halted : InteractionOutcome.Failure),
        _ when InteractionCause.IsCallersCancellation(exception, callersToken) => InteractionOutcome.Halted,
        _ => InteractionOutcome.Failure,
    };

    private InteractionOutcome? Overridden(ScmException exception)
    {
        foreach (var one in _overrides)
        {
            try
            {
                if (one.Override(exception) is { } outcome && Enum.IsDefined(outcome))
                {
                    return outcome;
                }
            }
            catch (Exception thrown)
            {
                InteractionObservers.Quietly(() => _log.OverrideThrew(thrown, one.GetType().FullName));
            }
        }

        return null;
    }
}
