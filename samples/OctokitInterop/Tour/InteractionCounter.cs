using System.Diagnostics.Metrics;
using ScmIntegrations.Interactions;

namespace OctokitInterop.Tour;

/// <summary>Reads the library's counter of interactions, as a metrics exporter would.</summary>
internal sealed class InteractionCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string Interaction, string Outcome), long> _counts = [];

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

    /// <summary>How often each interaction was started and ended, by name and outcome.</summary>
    public IReadOnlyDictionary<(string Interaction, string Outcome), long> Read()
    {
        lock (_gate)
        {
            return new SortedDictionary<(string, string), long>(_counts);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (interaction, outcome) = ("", "");
        foreach (var (name, tag) in tags)
        {
            (interaction, outcome) = name switch
            {
                ScmTelemetry.InteractionTag => ($"{tag}", outcome),
                ScmTelemetry.OutcomeTag => (interaction, $"{tag}"),
                _ => (interaction, outcome),
            };
        }

        lock (_gate)
        {
            _counts[(interaction, outcome)] = _counts.GetValueOrDefault((interaction, outcome)) + value;
        }
    }
}
