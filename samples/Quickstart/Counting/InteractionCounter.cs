using System.Diagnostics.Metrics;
using ScmIntegrations.Interactions;

namespace Quickstart.Counting;

/// <summary>Reads the library's counter of interactions, as a metrics exporter would.</summary>
internal sealed class InteractionCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _started;
    private long _success;
    private long _halted;
    private long _failure;

    /// <param name="meters">The container's own factory: other containers of the process are not counted.</param>
    public InteractionCounter(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name is ScmTelemetry.InteractionsInstrument)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Count(value, tags));
        _listener.Start();
    }

    public InteractionCounts Read() => new(
        Interlocked.Read(ref _started), Interlocked.Read(ref _success), Interlocked.Read(ref _halted), Interlocked.Read(ref _failure));

    public void Dispose() => _listener.Dispose();

    private void Count(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, outcome) in tags)
        {
            if (name is ScmTelemetry.OutcomeTag)
            {
                Interlocked.Add(ref Of(outcome as string), value);
            }
        }
    }

    private ref long Of(string? outcome)
    {
        switch (outcome)
        {
            case ScmTelemetry.StartedValue: return ref _started;
            case "success": return ref _success;
            case "halted": return ref _halted;
            default: return ref _failure;
        }
    }
}
