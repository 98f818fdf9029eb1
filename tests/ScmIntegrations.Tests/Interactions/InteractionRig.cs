using System.Collections.Concurrent;
using System.Diagnostics;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.Interactions;

/// <summary>Interactions with every observer recorded, and nothing shared with another test.</summary>
internal sealed class InteractionRig : IDisposable
{
    public static readonly InteractionDescriptor GetTree = new("get_tree", "github") { Client = "acme" };

    private readonly ActivityListener? _activityListener;
    private readonly ConcurrentQueue<Activity> _stopped = new();

    public InteractionRig(IEnumerable<IFailureReporter>? reporters = null, bool traced = true, Random? random = null, params IOutcomeOverride[] overrides)
    {
        Metrics = new(Telemetry.Meter);
        Interactions = new InteractionRunner(Telemetry, reporters ?? [Reporter], Log, Clock, new InteractionOutcomes(overrides, Log), random);
        if (traced)
        {
            _activityListener = new()
            {
                ShouldListenTo = source => ReferenceEquals(source, Telemetry.ActivitySource),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _stopped.Enqueue,
            };
            ActivitySource.AddActivityListener(_activityListener);
        }
    }

    public IInteractions Interactions { get; }

    public InteractionTelemetry Telemetry { get; } = new();

    public MetricRecorder Metrics { get; }

    public RecordingLoggerFactory Log { get; } = new();

    public RecordingReporter Reporter { get; } = new();

    public ManualClock Clock { get; } = new();

    public IReadOnlyList<Activity> Activities => [.. _stopped];

    /// <summary>The values of <c>scm.outcome</c> that were counted, in order.</summary>
    public IEnumerable<object?> CountedOutcomes =>
        Metrics.Of("scm.interactions").Select(one => one.Tags["scm.outcome"]);

    public IEnumerable<int> LoggedEvents => Log.Lines.Select(line => line.Event.Id);

    public InteractionScope Start() => Interactions.Start(GetTree, CancellationToken.None);

    public Task RunAsync(Func<InteractionScope, Task> body) => Interactions.RunAsync(GetTree, body, CancellationToken.None);

    public Task RunForAsync(CancellationTokenSource caller, Func<InteractionScope, Task> body) =>
        Interactions.RunAsync(GetTree, body, caller.Token);

    public void Dispose()
    {
        _activityListener?.Dispose();
        Metrics.Dispose();
        Telemetry.Dispose();
        Log.Dispose();
    }
}
