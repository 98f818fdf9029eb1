using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.ExtensionTests;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingReporter : IFailureReporter
{
    private readonly ConcurrentQueue<FailureReport> _reports = new();

    public IReadOnlyList<FailureReport> Reports => [.. _reports];

    public void Report(FailureReport report) => _reports.Enqueue(report);
}

/// <summary>Keeps which requests came by, with which credential.</summary>
internal sealed class RecordingHandler(ConcurrentQueue<string> seen) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        seen.Enqueue(request.Headers.Authorization?.Parameter ?? "");
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Keeps the clients and outcomes that were counted by one application: its meter belongs to its own factory.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Client, string Outcome)> _counted = new();

    public MetricRecorder(IServiceProvider services)
    {
        var meters = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name is ScmTelemetry.InteractionsInstrument)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _counted.Enqueue((Tag(tags, ScmTelemetry.ClientTag), Tag(tags, ScmTelemetry.OutcomeTag))));
        _listener.Start();
    }

    public IReadOnlyList<(string Client, string Outcome)> Counted => [.. _counted];

    public void Dispose() => _listener.Dispose();

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key.Equals(name, StringComparison.Ordinal))
            {
                return $"{tag.Value}";
            }
        }

        return "";
    }
}
