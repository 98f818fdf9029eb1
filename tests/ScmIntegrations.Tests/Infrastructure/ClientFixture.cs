using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>A GitHub that plays along and a client that speaks to it, with everything the client says recorded.</summary>
internal sealed class ClientFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MetricRecorder _metrics;

    private ClientFixture(FakeGitHub gitHub, ServiceProvider services, ManualTimeProvider? time, RecordingLoggerFactory log, RecordingReporter reporter)
    {
        GitHub = gitHub;
        Time = time ?? new ManualTimeProvider();
        Log = log;
        Reporter = reporter;
        _services = services;
        _metrics = new(services.GetRequiredService<InteractionTelemetry>().Meter);
    }

    public FakeGitHub GitHub { get; }

    /// <summary>The clock of client and fake, when the setup gave one; else a clock that nobody reads.</summary>
    public ManualTimeProvider Time { get; }

    public RecordingLoggerFactory Log { get; }

    public RecordingReporter Reporter { get; }

    public IServiceProvider Services => _services;

    public IGitHubIntegrationClient Client => _services.GetRequiredService<IGitHubIntegrationClient>();

    public IGitHubIntegrationClientFactory Clients => _services.GetRequiredService<IGitHubIntegrationClientFactory>();

    public IInteractions Interactions => _services.GetRequiredService<IInteractions>();

    /// <summary>The values of <c>scm.outcome</c> that were counted, in order.</summary>
    public IEnumerable<string> CountedOutcomes =>
        _metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => (string)one.Tags[ScmTelemetry.OutcomeTag]!);

    /// <summary>How often interactions of a name started and ended, in order: <c>started</c>, <c>success</c>, <c>halted</c>, <c>failure</c>.</summary>
    public IEnumerable<string> OutcomesOf(string interaction) => _metrics.Of(ScmTelemetry.InteractionsInstrument)
        .Where(one => interaction.Equals(one.Tags[ScmTelemetry.InteractionTag]))
        .Select(one => (string)one.Tags[ScmTelemetry.OutcomeTag]!);

    public int CountedRetries => _metrics.Of(ScmTelemetry.RetriesInstrument).Count;

    /// <summary>Every value that metrics, logs and reports were given, as text.</summary>
    public IEnumerable<string> EverythingSaid =>
    [
        .. _metrics.Of(ScmTelemetry.InteractionsInstrument).SelectMany(one => one.Tags.Values).Select(value => $"{value}"),
        .. Log.Lines.SelectMany(line => line.Fields.Values.Append(line.Message).Append(line.Exception)).Select(value => $"{value}"),
        .. Reporter.Reports.SelectMany(report => report.Extras.Values.Append(report.Reason).Append(report.Exception)).Select(value => $"{value}"),
    ];

    /// <summary>Starts both. Retries do not wait unless the test says so.</summary>
    public static async Task<ClientFixture> StartAsync(Action<ClientSetup>? configure = null)
    {
        var setup = new ClientSetup();
        configure?.Invoke(setup);
        var gitHub = await FakeGitHub.StartAsync(
            options =>
            {
                options.TimeProvider = setup.ServerTime ?? setup.Time ?? options.TimeProvider;
                setup.GitHub?.Invoke(options);
            },
            TestContext.Current.CancellationToken);
        gitHub.AddToken(ClientSetup.Token, "octocat");
        gitHub.AddRepository("acme/api");

        var (log, reporter) = (new RecordingLoggerFactory(), new RecordingReporter());
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSingleton<IFailureReporter>(reporter);
        if (setup.Time is not null)
        {
            services.AddSingleton<TimeProvider>(setup.Time);
        }

        var builder = services.AddScmIntegrations();
        var client = builder.AddGitHub(options => setup.Apply(options, gitHub));
        setup.HttpClient?.Invoke(client.HttpClient);
        if (setup.Agent is { } agent)
        {
            client.AddCopilotAgent(agent);
        }

        setup.MoreClients?.Invoke(builder, gitHub);
        return new(gitHub, services.BuildServiceProvider(), setup.Time, log, reporter);
    }

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
        Log.Dispose();
    }
}
