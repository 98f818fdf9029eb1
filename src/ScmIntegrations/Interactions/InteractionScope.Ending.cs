using System.Collections.ObjectModel;

namespace ScmIntegrations.Interactions;

/// <content>The state machine: running, then one outcome. Whoever takes the lock first decides; observers are told outside of it.</content>
public sealed partial class InteractionScope
{
    private static readonly IReadOnlyDictionary<string, object?> NoExtras = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Ends with what the body threw, unless the body had recorded its own outcome.</summary>
    internal void EndWithThrown(Exception exception)
    {
        if (!TryEnd(InteractionEnding.Decide(_observers.Outcomes, exception, CancellationToken)))
        {
            _observers.ThrewAfterEnd(Descriptor, Outcome.GetValueOrDefault(), exception);
        }
    }

    private void End(InteractionEnding ending)
    {
        if (!TryEnd(ending) && IsSecondEnd(out var outcome))
        {
            _observers.EndedAgain(Descriptor, outcome, ending);
        }
    }

    private bool TryEnd(InteractionEnding ending)
    {
        lock (_gate)
        {
            if (_outcome is not null)
            {
                return false;
            }

            _outcome = ending.Outcome;
            // Inside the lock, so that a concurrent Dispose cannot export the activity before it is complete.
            InteractionActivity.Tag(_activity, ending);
        }

        var duration = _timeProvider.GetElapsedTime(_startedAt);
        _observers.Ended(Descriptor, ending, duration, CurrentExtras());
        if (ending.Report)
        {
            var severity = ending.Outcome is InteractionOutcome.Failure ? FailureSeverity.Error : FailureSeverity.Warning;
            _observers.Report(ToReport(severity, ending.Cause?.Reason ?? "", ending.Exception));
        }

        return true;
    }

    private bool IsSecondEnd(out InteractionOutcome outcome)
    {
        lock (_gate)
        {
            outcome = _outcome.GetValueOrDefault();
            var isSecond = !_secondEndSeen;
            _secondEndSeen = true;
            return isSecond;
        }
    }

    private FailureReport ToReport(FailureSeverity severity, string reason, Exception? exception) => new()
    {
        Descriptor = Descriptor,
        Outcome = Outcome,
        Severity = severity,
        Reason = reason,
        Exception = exception,
        Extras = CurrentExtras(),
        TraceId = _trace?.TraceId.ToHexString(),
        SpanId = _trace?.SpanId.ToHexString(),
        Duration = _timeProvider.GetElapsedTime(_startedAt),
    };

    // A copy of what can still change: an observer may keep it.
    private IReadOnlyDictionary<string, object?> CurrentExtras()
    {
        lock (_gate)
        {
            return _extras is null ? Descriptor.Extras ?? NoExtras : new Dictionary<string, object?>(_extras, StringComparer.Ordinal);
        }
    }
}
