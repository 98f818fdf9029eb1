using System.Diagnostics;

namespace ScmIntegrations.Interactions;

/// <summary>
/// A running interaction. The first outcome recorded counts; any later one is ignored, and warned about once in the log.
/// Disposing a scope that has no outcome records a success. Safe for concurrent use; recording never throws for what
/// observers do.
/// </summary>
public sealed partial class InteractionScope : IDisposable
{
    private readonly InteractionObservers _observers;
    private readonly AmbientInteraction _ambient;
    private readonly TimeProvider _timeProvider;
    private readonly long _startedAt;
    private readonly Activity? _activity;
    private readonly ActivityContext? _trace;
    private readonly IDisposable _entry;
    private readonly Lock _gate = new();
    private Dictionary<string, object?>? _extras;
    private InteractionOutcome? _outcome;
    private bool _secondEndSeen;
    private bool _disposed;

    internal InteractionScope(
        InteractionDescriptor descriptor,
        InteractionObservers observers,
        AmbientInteraction ambient,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        Descriptor = descriptor;
        CancellationToken = cancellationToken;
        _observers = observers;
        _ambient = ambient;
        _timeProvider = timeProvider;
        _startedAt = timeProvider.GetTimestamp();
        var outerActivity = Activity.Current;
        _activity = observers.Started(descriptor);
        _trace = (_activity ?? outerActivity)?.Context;
        _entry = ambient.Enter(this, _activity, outerActivity);
    }

    /// <summary>What the interaction is called.</summary>
    public InteractionDescriptor Descriptor { get; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>How the interaction ended; <see langword="null"/> while it runs.</summary>
    public InteractionOutcome? Outcome
    {
        get
        {
            lock (_gate)
            {
                return _outcome;
            }
        }
    }

    internal bool IsDisposed
    {
        get
        {
            lock (_gate)
            {
                return _disposed;
            }
        }
    }

    /// <summary>Ends the interaction as a success.</summary>
    public void RecordSuccess() => End(InteractionEnding.Success);

    /// <summary>Ends the interaction as a halt: expected, and nobody is paged.</summary>
    /// <param name="reason">Why. A word from a closed set (1 to 64 of a-z, 0-9, <c>_</c>, <c>.</c>) also becomes the tag <c>error.type</c>; other text stays in log and report.</param>
    /// <param name="exception">The exception behind it; its text is logged, without a stack.</param>
    /// <param name="report">Whether reporters are told, as a warning.</param>
    /// <param name="logSampleRate">The share of such halts to log, from 0 to 1; by default the descriptor's. A value outside counts as the nearer bound.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is <see langword="null"/>.</exception>
    public void RecordHalt(string reason, Exception? exception = null, bool report = false, double? logSampleRate = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        End(new(InteractionOutcome.Halted, InteractionCause.Of(reason), exception, report, logSampleRate));
    }

    /// <summary>Ends the interaction as a halt, for the reason that the exception carries.</summary>
    /// <param name="exception">The exception; its text is logged, without a stack.</param>
    /// <param name="report">Whether reporters are told, as a warning.</param>
    /// <param name="logSampleRate">The share of such halts to log, from 0 to 1; by default the descriptor's. A value outside counts as the nearer bound.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void RecordHalt(Exception exception, bool report = false, double? logSampleRate = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        End(new(InteractionOutcome.Halted, InteractionCause.Of(exception, CancellationToken), exception, report, logSampleRate));
    }

    /// <summary>Ends the interaction as a failure: somebody should look.</summary>
    /// <param name="reason">Why. A word from a closed set (1 to 64 of a-z, 0-9, <c>_</c>, <c>.</c>) also becomes the tag <c>error.type</c>; other text stays in log and report.</param>
    /// <param name="exception">The exception behind it, logged with its stack.</param>
    /// <param name="report">Whether reporters are told; they are by default.</param>
    /// <param name="logSampleRate">The share of such failures to log, from 0 to 1; by default the descriptor's. A value outside counts as the nearer bound.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reason"/> is <see langword="null"/>.</exception>
    public void RecordFailure(string reason, Exception? exception = null, bool report = true, double? logSampleRate = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        End(new(InteractionOutcome.Failure, InteractionCause.Of(reason), exception, report, logSampleRate));
    }

    /// <summary>Ends the interaction as a failure, for the reason that the exception carries.</summary>
    /// <param name="exception">The exception, logged with its stack.</param>
    /// <param name="report">Whether reporters are told; they are by default.</param>
    /// <param name="logSampleRate">The share of such failures to log, from 0 to 1; by default the descriptor's. A value outside counts as the nearer bound.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void RecordFailure(Exception exception, bool report = true, double? logSampleRate = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        End(new(InteractionOutcome.Failure, InteractionCause.Of(exception, CancellationToken), exception, report, logSampleRate));
    }

    /// <summary>Ends the interaction with a halt or a failure, whichever the kind of exception calls for.</summary>
    /// <param name="exception">The exception that was caught.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public void RecordException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        End(InteractionEnding.Decide(_observers.Outcomes, exception, CancellationToken));
    }

    /// <summary>Sets a fact for the log and the report, over the descriptor's fact of that key. After the outcome only warnings still see it.</summary>
    /// <param name="key">The name of the fact.</param>
    /// <param name="value">The fact, written as it is: never a secret.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <see langword="null"/>.</exception>
    public void SetExtra(string key, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        lock (_gate)
        {
            _extras ??= new(Descriptor.Extras ?? NoExtras, StringComparer.Ordinal);
            _extras[key] = value;
        }
    }

    /// <summary>Reports a trouble that was handled, such as a look-up that failed. It is logged and reported as a warning; the outcome is not touched.</summary>
    /// <param name="what">What went wrong.</param>
    /// <param name="exception">The exception behind it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="what"/> is <see langword="null"/>.</exception>
    public void ReportWarning(string what, Exception? exception = null)
    {
        ArgumentNullException.ThrowIfNull(what);
        _observers.TroubleHandled(ToReport(FailureSeverity.Warning, what, exception));
    }

    /// <summary>
    /// Makes this interaction the current one again, and its activity <see cref="Activity.Current"/>, for code that lost its
    /// execution context: an async iterator resumes in the context of whoever asks for the next element.
    /// </summary>
    /// <returns>What to dispose, in the same method, to go back.</returns>
    public IDisposable Enter() => _ambient.Enter(this, _activity, Activity.Current);

    /// <summary>Closes the interaction. Without a recorded outcome it is a success.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        TryEnd(InteractionEnding.Success);
        _entry.Dispose();
        InteractionActivity.Stop(_activity);
    }
}
