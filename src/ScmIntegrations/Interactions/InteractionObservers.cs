using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ScmIntegrations.Interactions;

/// <summary>
/// Everybody who watches interactions: meter, trace, log and reporters. Watching never changes what is watched,
/// so an observer that throws is passed over.
/// </summary>
/// <param name="telemetry">The meter and the activity source.</param>
/// <param name="reporters">Who is told of failures.</param>
/// <param name="logger">Where lines go.</param>
/// <param name="random">Draws for log sampling; must be safe for concurrent use.</param>
/// <param name="outcomes">Decides how an exception ends an interaction.</param>
internal sealed class InteractionObservers(
    InteractionTelemetry telemetry, IEnumerable<IFailureReporter> reporters, ILogger logger, Random random, InteractionOutcomes outcomes)
{
    private readonly IFailureReporter[] _reporters = [.. reporters];
    private readonly InteractionLog _log = new(logger);

    public InteractionOutcomes Outcomes => outcomes;

    public Activity? Started(InteractionDescriptor descriptor)
    {
        telemetry.CountStart(descriptor);
        return InteractionActivity.Start(telemetry.ActivitySource, descriptor);
    }

    public void Ended(InteractionDescriptor descriptor, InteractionEnding ending, TimeSpan duration, IReadOnlyDictionary<string, object?> extras)
    {
        telemetry.CountEnd(descriptor, ending, duration);
        if (IsSampled(ending.LogSampleRate ?? descriptor.LogSampleRate))
        {
            try
            {
                LogEnd(descriptor, ending, duration, extras);
            }
            catch (Exception)
            {
                // As Quietly has it, without a closure: every interaction comes by here.
            }
        }
    }

    public void EndedAgain(InteractionDescriptor descriptor, InteractionOutcome outcome, InteractionEnding ignored) =>
        Quietly(() => _log.EndedAgain(descriptor.Name, outcome.ToName(), ignored.Outcome.ToName(), ignored.Cause?.Reason));

    public void ThrewAfterEnd(InteractionDescriptor descriptor, InteractionOutcome outcome, Exception exception) =>
        Quietly(() => _log.ThrewAfterEnd(exception, descriptor.Name, outcome.ToName()));

    public void TroubleHandled(FailureReport report)
    {
        var descriptor = report.Descriptor;
        if (IsSampled(descriptor.LogSampleRate))
        {
            Quietly(() => _log.TroubleHandled(
                report.Exception, descriptor.Name, descriptor.Provider, descriptor.Client, report.Reason, report.Extras));
        }

        Report(report);
    }

    public void Report(FailureReport report)
    {
        foreach (var reporter in _reporters)
        {
            try
            {
                reporter.Report(report);
            }
            catch (Exception exception)
            {
                Quietly(() => _log.ReporterThrew(exception, reporter.GetType().FullName, report.Descriptor.Name));
            }
        }
    }

    /// <summary>Logs, whatever the log provider does.</summary>
    public static void Quietly(Action log)
    {
        try
        {
            log();
        }
        catch (Exception)
        {
            // A log provider that throws has nowhere left to say so.
        }
    }

    private bool IsSampled(double rate) => rate >= 1 || (rate > 0 && random.NextDouble() < rate);

    private void LogEnd(InteractionDescriptor descriptor, InteractionEnding ending, TimeSpan duration, IReadOnlyDictionary<string, object?> extras)
    {
        var (name, provider, client) = (descriptor.Name, descriptor.Provider, descriptor.Client);
        var (outcome, reason, seconds) = (ending.Outcome.ToName(), ending.Cause?.Reason, duration.TotalSeconds);
        switch (ending.Outcome)
        {
            case InteractionOutcome.Success:
                _log.Succeeded(name, provider, client, outcome, seconds, extras);
                break;
            case InteractionOutcome.Halted:
                var summary = ending.Exception is { } cause ? $"{cause.GetType().Name}: {cause.Message}" : null;
                _log.Halted(name, provider, client, outcome, reason, seconds, summary, extras);
                break;
            default:
                _log.Failed(ending.Exception, name, provider, client, outcome, reason, seconds, extras);
                break;
        }
    }
}
