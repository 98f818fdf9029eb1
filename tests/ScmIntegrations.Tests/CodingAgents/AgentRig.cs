using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.CodingAgents;

/// <summary>A scripted agent and a launcher, with everything that they say recorded.</summary>
internal sealed class AgentRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MetricRecorder _metrics;

    public AgentRig(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton<IFailureReporter>(Reporter);
        configure?.Invoke(services);
        services.AddScmIntegrations();
        _services = services.BuildServiceProvider();
        _metrics = new(_services.GetRequiredService<InteractionTelemetry>().Meter);
        Agent = new(_services.GetRequiredService<IInteractions>(), Time);
    }

    /// <summary>Fires short timers at once; the launch's own time and the deadline of a wait stay asleep.</summary>
    public ManualTimeProvider Time { get; } = new() { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(9) };

    public RecordingLoggerFactory Log { get; } = new();

    public RecordingReporter Reporter { get; } = new();

    public ScriptedAgent Agent { get; }

    public ICodingAgentLauncher Launcher => _services.GetRequiredService<ICodingAgentLauncher>();

    public IEnumerable<string> Outcomes =>
        _metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => $"{one.Tags[ScmTelemetry.InteractionTag]} {one.Tags[ScmTelemetry.OutcomeTag]}");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ScmException Ambiguous() => ScmException.From(new()
    {
        Message = "POST /agents: the connection broke.",
        Reason = ErrorReason.Transport,
        Origin = ErrorOrigin.Transport,
        IsFateUnknown = true,
    });

    public static ScmException Error(ErrorReason reason, int? status = null, string message = "It was refused.") => ScmException.From(new()
    {
        Message = message,
        Reason = reason,
        Origin = ErrorOrigin.GitHub,
        CredentialOwner = CredentialOwner.Customer,
        Status = (System.Net.HttpStatusCode?)status,
    });

    public static CodingAgentBatch Batch(params string[] repositories) => new("Fix it.", [.. repositories.Select(name => new CodingAgentTarget(new(name)))]);

    public ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return _services.DisposeAsync();
    }
}
