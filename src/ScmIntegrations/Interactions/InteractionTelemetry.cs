using System.Diagnostics;
using System.Diagnostics.Metrics;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Interactions;

/// <summary>
/// The one activity source and the one meter. A listener that throws must not change the call it listens to,
/// so every method swallows what listeners throw.
/// </summary>
internal sealed class InteractionTelemetry : IDisposable
{
    // From a local answer to the default deadline of 100 s.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 100],
    };

    private readonly Counter<long> _interactions;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _cacheReads;
    private readonly bool _ownsMeter;

    public InteractionTelemetry(IMeterFactory? meterFactory = null)
    {
        _ownsMeter = meterFactory is null;
        Meter = meterFactory?.Create(ScmTelemetry.MeterName) ?? new Meter(ScmTelemetry.MeterName);
        _interactions = Meter.CreateCounter<long>(
            ScmTelemetry.InteractionsInstrument, "{interaction}", "Interactions started and ended, by outcome.");
        _duration = Meter.CreateHistogram(
            ScmTelemetry.InteractionDurationInstrument, "s", "Time from the start of an interaction to its outcome.", advice: Seconds);
        _retries = Meter.CreateCounter<long>(ScmTelemetry.RetriesInstrument, "{retry}", "Attempts beyond the first of a call.");
        _cacheReads = Meter.CreateCounter<long>(ScmTelemetry.CacheReadsInstrument, "{read}", "Reads of the cache, by what was found.");
    }

    public ActivitySource ActivitySource { get; } = new(ScmTelemetry.ActivitySourceName);

    public Meter Meter { get; }

    public void CountStart(InteractionDescriptor descriptor)
    {
        if (!_interactions.Enabled)
        {
            return;
        }

        var tags = InteractionTags.Of(descriptor);
        tags.Add(ScmTelemetry.OutcomeTag, ScmTelemetry.StartedValue);
        Count(_interactions, tags);
    }

    public void CountEnd(InteractionDescriptor descriptor, InteractionEnding ending, TimeSpan duration)
    {
        if (!_interactions.Enabled && !_duration.Enabled)
        {
            return;
        }

        var tags = InteractionTags.Of(descriptor, ending);
        Count(_interactions, tags);
        try
        {
            _duration.Record(duration.TotalSeconds, tags);
        }
        catch (Exception)
        {
            // See the summary of the class.
        }
    }

    public void CountRetry(string? client, ErrorReason reason)
    {
        var tags = InteractionTags.OfClient(client);
        tags.Add(ScmTelemetry.ErrorTypeTag, reason.ToName());
        Count(_retries, tags);
    }

    public void CountCacheRead(string? client, CacheReadResult result)
    {
        if (!_cacheReads.Enabled)
        {
            return;
        }

        var tags = InteractionTags.OfClient(client);
        tags.Add(ScmTelemetry.CacheResultTag, InteractionTags.NameOf(result));
        Count(_cacheReads, tags);
    }

    public void Dispose()
    {
        ActivitySource.Dispose();
        if (_ownsMeter)
        {
            Meter.Dispose();
        }
    }

    private static void Count(Counter<long> counter, in TagList tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            // See the summary of the class.
        }
    }
}
