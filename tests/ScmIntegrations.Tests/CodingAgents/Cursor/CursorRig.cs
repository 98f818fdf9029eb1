using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Cursor;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.CodingAgents.Cursor;

/// <summary>A fake Cursor and a client that speaks to it over HTTP. Waits pass at once; time-outs do not.</summary>
internal sealed class CursorRig : IAsyncDisposable
{
    public const string Key = "key_THISMUSTNEVERPRINT0123456789";

    private readonly ServiceProvider _services;
    private readonly MetricRecorder _metrics;

    private CursorRig(FakeCursor cursor, ManualTimeProvider time, Action<CursorAgentOptions>? configure, Action<ICodingAgentBuilder>? build)
    {
        Cursor = cursor;
        Time = time;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton<IFailureReporter>(Reporter);
        services.AddSingleton<TimeProvider>(time);
        var builder = services.AddScmIntegrations().AddCursorAgent(options =>
        {
            options.ApiKey = Key;
            options.Address = cursor.Address;
            options.Resilience.BackoffBase = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        _services = services.BuildServiceProvider();
        _metrics = new(_services.GetRequiredService<InteractionTelemetry>().Meter);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static RepositoryRef Api { get; } = new("acme/api");

    public FakeCursor Cursor { get; }

    public ManualTimeProvider Time { get; }

    public RecordingLoggerFactory Log { get; } = new();

    public RecordingReporter Reporter { get; } = new();

    public ICodingAgentClient Client => _services.GetRequiredKeyedService<ICodingAgentClient>("cursor");

    /// <summary>The requests that were sent, as method and path.</summary>
    public IEnumerable<string> Sent => Cursor.Requests.Select(request => $"{request.Method} {request.Path}");

    public int CountedRetries => _metrics.Of(ScmTelemetry.RetriesInstrument).Count;

    public IEnumerable<string> CountedOutcomes => _metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => (string)one.Tags[ScmTelemetry.OutcomeTag]!);

    /// <summary>Everything that metrics, logs and reports were given, as text.</summary>
    public IEnumerable<string> EverythingSaid =>
    [
        .. _metrics.Of(ScmTelemetry.InteractionsInstrument).SelectMany(one => one.Tags.Values).Select(value => $"{value}"),
        .. Log.Lines.SelectMany(line => line.Fields.Values.Append(line.Message).Append(line.Exception)).Select(value => $"{value}"),
        .. Reporter.Reports.SelectMany(report => report.Extras.Values.Append(report.Reason).Append(report.Exception)).Select(value => $"{value}"),
    ];

    public static async Task<CursorRig> StartAsync(Action<CursorAgentOptions>? configure = null, Action<FakeCursorOptions>? fake = null, Action<ICodingAgentBuilder>? build = null)
    {
        var time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(20) };
        var cursor = await FakeCursor.StartAsync(
            options =>
            {
                options.TimeProvider = time;
                fake?.Invoke(options);
            },
            Cancellation);
        cursor.AddKey(Key);
        return new(cursor, time, configure, build);
    }

    public Task<CodingAgentTask> LaunchAsync(Func<CodingAgentRequest, CodingAgentRequest>? change = null, CancellationToken? cancellationToken = null)
    {
        var request = new CodingAgentRequest(Api, "Fix it.");
        return Client.StartAsync(change?.Invoke(request) ?? request, cancellationToken ?? Cancellation);
    }

    /// <summary>Does something, and gives the error that must come.</summary>
    public static async Task<ScmException> FailAsync(Func<Task> act) => (await act.Should().ThrowAsync<ScmException>()).Which;

    /// <summary>The body of the n-th request of a method and path.</summary>
    public JsonElement Body(HttpMethod method, string path, int index = 0)
    {
        using var document = JsonDocument.Parse(Cursor.Find(method, path)[index].Body);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _services.DisposeAsync();
        await Cursor.DisposeAsync();
        Log.Dispose();
    }
}
