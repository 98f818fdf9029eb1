using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Simulation.Tests.Client;

/// <summary>What one client counted of its interactions, and what it reported.</summary>
internal sealed class OutcomeLedger : IFailureReporter
{
    private static readonly ConcurrentDictionary<object, OutcomeLedger> Ledgers = new();

    // One for all clients: every listener is told of every instrument of the process.
    private static readonly MeterListener Listener = Listen();

    private readonly ConcurrentDictionary<(string Interaction, string Outcome), int> _counts = new();
    private readonly ConcurrentQueue<FailureReport> _reports = new();

    public IReadOnlyDictionary<(string Interaction, string Outcome), int> Counts => _counts;

    public IReadOnlyCollection<FailureReport> Reports => _reports;

    /// <summary>Listens to the meter of one container; called before anything makes it.</summary>
    public void Open(IServiceProvider services)
    {
        GC.KeepAlive(Listener);
        Ledgers[services.GetRequiredService<IMeterFactory>()] = this;
    }

    public static void Close(IServiceProvider services) => Ledgers.TryRemove(services.GetRequiredService<IMeterFactory>(), out _);

    public void Report(FailureReport report) => _reports.Enqueue(report);

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name is ScmTelemetry.InteractionsInstrument && instrument.Meter.Scope is { } factory && Ledgers.TryGetValue(factory, out var ledger))
                {
                    listener.EnableMeasurementEvents(instrument, ledger);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, measurement, tags, ledger) => ((OutcomeLedger)ledger!).Count(measurement, tags));
        listener.Start();
        return listener;
    }

    private void Count(long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (interaction, outcome) = ("", "");
        foreach (var (name, value) in tags)
        {
            interaction = name is ScmTelemetry.InteractionTag ? (string)value! : interaction;
            outcome = name is ScmTelemetry.OutcomeTag ? (string)value! : outcome;
        }

        _counts.AddOrUpdate((interaction, outcome), (int)measurement, (_, counted) => counted + (int)measurement);
    }
}
