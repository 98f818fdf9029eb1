using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>
/// A fake GitHub and a client of it, on one clock that stands still. Retries wait for nothing, and the circuit keeps out of
/// the way unless a test brings it in.
/// </summary>
internal sealed class TreeFixture : IAsyncDisposable
{
    public const string Trees = "/repos/{owner}/{repo}/git/trees/{sha}";
    public const string Description = "/repos/{owner}/{repo}";
    public const string UserRepositories = "/user/repos";
    public const string Login = "octocat";

    private readonly ServiceProvider _services;
    private readonly TelemetryRecorder _telemetry;

    private TreeFixture(FakeGitHub github, ManualTimeProvider time, Action<GitHubIntegrationOptions, FakeGitHub>? configure)
    {
        GitHub = github;
        Time = time;
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        var builder = services.AddScmIntegrations();
        Add(builder, "", "ghp_first", Login, configure);
        Add(builder, "second", "ghp_second", "hubot", configure);
        _services = services.BuildServiceProvider();
        _telemetry = new(_services.GetRequiredService<InteractionTelemetry>().Meter);
        Client = _services.GetRequiredService<IGitHubIntegrationClient>();
    }

    public FakeGitHub GitHub { get; }

    public ManualTimeProvider Time { get; }

    public IGitHubIntegrationClient Client { get; }

    /// <summary>A client of the same GitHub with another user's token.</summary>
    public IGitHubIntegrationClient Second => _services.GetRequiredKeyedService<IGitHubIntegrationClient>("second");

    /// <summary>Awaited by every request before it goes on the wire.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task> BeforeSend { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Called when the head of an answer is there.</summary>
    public Action<HttpRequestMessage> AfterSend { get; set; } = static _ => { };

    public int TreeRequests => GitHub.Count(HttpMethod.Get, Trees);

    public static async Task<TreeFixture> StartAsync(Action<GitHubIntegrationOptions>? configure = null) =>
        await StartAsync((options, _) => configure?.Invoke(options));

    public static async Task<TreeFixture> StartAsync(Action<GitHubIntegrationOptions, FakeGitHub> configure)
    {
        var time = new ManualTimeProvider();
        var github = await FakeGitHub.StartAsync(options => options.TimeProvider = time, TestContext.Current.CancellationToken);
        return new(github, time, configure);
    }

    /// <summary>The entries in the terms of the fake, to compare with what it holds.</summary>
    public static IEnumerable<FakeTreeEntry> AsServed(RepositoryTree tree) =>
        tree.Select(entry => new FakeTreeEntry(entry.Path, entry.Mode, NameOf(entry.Type), entry.Sha, entry.Size));

    /// <summary>How often interactions of a name started and ended, in order: <c>started</c>, <c>success</c>, <c>halted</c>, <c>failure</c>.</summary>
    public IReadOnlyList<string> Outcomes(string interaction) => _telemetry.Of(interaction);

    /// <summary>What reads of the cache were counted as, in order: <c>hit</c>, <c>miss</c>, <c>negative</c>, <c>stale</c>.</summary>
    public IReadOnlyList<string> CacheReads => _telemetry.CacheReads;

    /// <summary>Completes once that many interactions of a name have ended.</summary>
    public Task WaitForEndsAsync(string interaction, int count) => _telemetry.WaitForEndsAsync(interaction, count, TestContext.Current.CancellationToken);

    /// <summary>Adds repositories of acme with small trees of their own: <c>r001</c>, <c>r002</c> and so on.</summary>
    public IReadOnlyList<FakeRepository> AddRepositories(int count) =>
        [.. Enumerable.Range(1, count).Select(number => AddRepository($"acme/r{number:D3}", FakeTree.Generate(5, number)))];

    public FakeRepository AddRepository(string fullName, FakeTree? tree = null) =>
        GitHub.AddRepository(fullName, repository => repository.Tree = tree);

    public async Task<IReadOnlyList<TreeScanResult>> ScanAsync(TreeScanOptions? options = null)
    {
        var results = new List<TreeScanResult>();
        await foreach (var result in Client.ScanTreesAsync(options, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    public async Task<IReadOnlyList<string>> ListAsync(RepositorySource? source = null)
    {
        var names = new List<string>();
        await foreach (var repository in Client.ListRepositoriesAsync(source, TestContext.Current.CancellationToken))
        {
            names.Add(repository.FullName);
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
        _telemetry.Dispose();
    }

    private static string NameOf(TreeEntryType type) => type switch
    {
        TreeEntryType.Blob => "blob",
        TreeEntryType.Tree => "tree",
        TreeEntryType.Commit => "commit",
        _ => "unknown",
    };

    private void Add(IScmIntegrationsBuilder builder, string name, string token, string login, Action<GitHubIntegrationOptions, FakeGitHub>? configure)
    {
        GitHub.AddToken(token, login);
        builder
            .AddGitHub(name, options =>
            {
                options.ApiAddress = GitHub.Address;
                options.UseToken(token);
                options.Resilience.BackoffBase = TimeSpan.Zero;
                options.Resilience.CircuitMinimumThroughput = 100_000;

                // The clock stands still, so who has to wait for a turn would wait for ever.
                options.RateLimits.BackgroundBurst = 100_000;
                configure?.Invoke(options, GitHub);
            })
            .HttpClient.AddHttpMessageHandler(() => new PausingHandler(this));
    }

    private sealed class PausingHandler(TreeFixture fixture) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await fixture.BeforeSend(request, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            fixture.AfterSend(request);
            return response;
        }
    }

    /// <summary>Keeps what one meter counted of interactions and of reads of the cache.</summary>
    private sealed class TelemetryRecorder : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Lock _gate = new();
        private readonly List<(string Interaction, string Outcome)> _counted = [];
        private readonly List<string> _cacheReads = [];
        private readonly List<(string Interaction, int Count, TaskCompletionSource Completion)> _waiters = [];

        public TelemetryRecorder(Meter meter)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name is ScmTelemetry.InteractionsInstrument or ScmTelemetry.CacheReadsInstrument)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Keep(tags.ToArray().ToDictionary(StringComparer.Ordinal)));
            _listener.Start();
        }

        public IReadOnlyList<string> CacheReads
        {
            get
            {
                lock (_gate)
                {
                    return [.. _cacheReads];
                }
            }
        }

        public IReadOnlyList<string> Of(string interaction)
        {
            lock (_gate)
            {
                return [.. _counted.Where(one => one.Interaction.Equals(interaction, StringComparison.Ordinal)).Select(one => one.Outcome)];
            }
        }

        public async Task WaitForEndsAsync(string interaction, int count, CancellationToken cancellationToken)
        {
            var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _waiters.Add((interaction, count, completion));
                CompleteWaiters();
            }

            await completion.Task.WaitAsync(cancellationToken);
        }

        public void Dispose() => _listener.Dispose();

        private void Keep(Dictionary<string, object?> tags)
        {
            lock (_gate)
            {
                if (tags.TryGetValue(ScmTelemetry.CacheResultTag, out var read))
                {
                    _cacheReads.Add((string)read!);
                    return;
                }

                _counted.Add(((string)tags[ScmTelemetry.InteractionTag]!, (string)tags[ScmTelemetry.OutcomeTag]!));
                CompleteWaiters();
            }
        }

        private void CompleteWaiters() => _waiters.RemoveAll(waiter =>
            _counted.Count(one => one.Interaction.Equals(waiter.Interaction, StringComparison.Ordinal) && one.Outcome is not ScmTelemetry.StartedValue) >= waiter.Count
            && waiter.Completion.TrySetResult());
    }
}
