using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Octokit;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Octokit.Tests.Infrastructure;

/// <summary>A GitHub that plays along, and Octokit on the line of a client that speaks to it, with everything recorded that is said.</summary>
internal sealed class OctokitFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly OneMeter _meter = new();
    private readonly MetricRecorder _metrics;
    private readonly RecordingLoggerFactory _log = new();

    private OctokitFixture(FakeGitHub gitHub, OctokitSetup setup)
    {
        (GitHub, Time) = (gitHub, setup.Time ?? new ManualTimeProvider());
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_log);
        services.AddSingleton<IMeterFactory>(_meter);
        services.AddSingleton<IFailureReporter>(Reporter);
        if (setup.Time is not null)
        {
            services.AddSingleton<TimeProvider>(setup.Time);
        }

        var builder = services.AddScmIntegrations();
        var client = builder.AddGitHub(options => setup.Apply(options, gitHub)).AddOctokit();
        setup.HttpClient?.Invoke(client.HttpClient);
        setup.MoreClients?.Invoke(builder, gitHub);
        _metrics = new(_meter.Meter);
        _services = services.BuildServiceProvider();
    }

    public FakeGitHub GitHub { get; }

    /// <summary>The clock of client and fake, when the setup gave one; else a clock that nobody reads.</summary>
    public ManualTimeProvider Time { get; }

    public RecordingReporter Reporter { get; } = new();

    public IServiceProvider Services => _services;

    public IOctokitIntegrationClient Client => _services.GetRequiredService<IOctokitIntegrationClient>();

    public IOctokitIntegrationClientFactory Clients => _services.GetRequiredService<IOctokitIntegrationClientFactory>();

    /// <summary>Octokit outside of any interaction of the test's.</summary>
    public IGitHubClient Direct => Client.Octokit;

    /// <summary>What was counted of interactions, in order: name and outcome.</summary>
    public IEnumerable<(string Name, string Outcome)> Counted => InteractionTags.Select(tags => ((string)tags[ScmTelemetry.InteractionTag]!, (string)tags[ScmTelemetry.OutcomeTag]!));

    public IEnumerable<IReadOnlyDictionary<string, object?>> InteractionTags => _metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => one.Tags);

    /// <summary>Every value that metrics, logs and reports were given, as text.</summary>
    public IEnumerable<string> EverythingSaid =>
    [
        .. InteractionTags.SelectMany(tags => tags.Values).Select(value => $"{value}"),
        .. _log.Lines.SelectMany(line => line.Fields.Values.Append(line.Message).Append(line.Exception)).Select(value => $"{value}"),
        .. Reporter.Reports.SelectMany(report => report.Extras.Values.Append(report.Reason).Append(report.Exception)).Select(value => $"{value}"),
    ];

    /// <summary>Starts both. Retries do not wait unless the test says so.</summary>
    public static async Task<OctokitFixture> StartAsync(Action<OctokitSetup>? configure = null)
    {
        var setup = new OctokitSetup();
        configure?.Invoke(setup);
        var gitHub = await FakeGitHub.StartAsync(
            options =>
            {
                options.TimeProvider = setup.ServerTime ?? setup.Time ?? options.TimeProvider;
                setup.GitHub?.Invoke(options);
            },
            TestContext.Current.CancellationToken);
        gitHub.AddToken(OctokitSetup.Token, "octocat");
        gitHub.AddRepository("acme/api");
        return new(gitHub, setup);
    }

    /// <summary>Runs calls as the interaction <c>test</c>, with the test's token unless another is given.</summary>
    public Task<T> RunAsync<T>(Func<IGitHubClient, Task<T>> call, CancellationToken? cancellationToken = null) =>
        Client.RunAsync("test", call, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<IGitHubClient, Task> call, CancellationToken? cancellationToken = null) =>
        Client.RunAsync("test", call, cancellationToken ?? TestContext.Current.CancellationToken);

    public Task<Repository> GetApiAsync(CancellationToken? cancellationToken = null) => RunAsync(octokit => octokit.Repository.Get("acme", "api"), cancellationToken);

    public Task<IReadOnlyList<Issue>> ListIssuesAsync(CancellationToken? cancellationToken = null) =>
        RunAsync(octokit => octokit.Issue.GetAllForRepository("acme", "api"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
        _meter.Dispose();
        _log.Dispose();
    }

    /// <summary>A meter of this fixture's own, so that tests that run side by side do not mix.</summary>
    private sealed class OneMeter : IMeterFactory
    {
        public Meter Meter { get; } = new(ScmTelemetry.MeterName);

        public Meter Create(MeterOptions options) => Meter;

        public void Dispose() => Meter.Dispose();
    }
}
