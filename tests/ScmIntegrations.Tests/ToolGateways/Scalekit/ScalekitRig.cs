using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Accounts;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;
using ScmIntegrations.ToolGateways;
using ScmIntegrations.ToolGateways.Scalekit;

namespace ScmIntegrations.Tests.ToolGateways.Scalekit;

/// <summary>A fake Scalekit and a client that speaks to it over HTTP. Waits pass at once; time-outs do not.</summary>
internal sealed class ScalekitRig : IAsyncDisposable
{
    public const string AccountsPath = "/api/v1/connected_accounts";
    public const string DetailsPath = AccountsPath + "/details";
    public const string ToolPath = "/api/v1/execute_tool";
    public const string TokenPath = "/oauth/token";
    public const string ClientSecret = "test_THISMUST+NEVER/PRINT\"0123456789";

    private readonly ServiceProvider _services;
    private readonly MetricRecorder _metrics;
    private readonly bool _ownsFake;

    private ScalekitRig(FakeScalekit scalekit, ManualTimeProvider time, Action<ScalekitOptions>? configure, Action<IToolGatewayBuilder>? build, bool ownsFake)
    {
        (Scalekit, Time, _ownsFake) = (scalekit, time, ownsFake);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton<IFailureReporter>(Reporter);
        services.AddSingleton<TimeProvider>(time);
        var builder = services.AddScmIntegrations().AddScalekit(options =>
        {
            options.Address = scalekit.Address;
            options.ClientId = "skc_1";
            options.ClientSecret = ClientSecret;
            options.Resilience.BackoffBase = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        _services = services.BuildServiceProvider();
        _metrics = new(_services.GetRequiredService<InteractionTelemetry>().Meter);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An account of an organisation's user.</summary>
    public static AccountIdentity Ada { get; } = new("github-1", "ada") { OrganizationId = "org_1", UserId = "usr_1" };

    public static OAuthTokenCredential Token { get; } = new() { AccessToken = new("acc_THISMUSTNEVERPRINT01"), RefreshToken = new("ref_THISMUSTNEVERPRINT02") };

    public FakeScalekit Scalekit { get; }

    public ManualTimeProvider Time { get; }

    public RecordingLoggerFactory Log { get; } = new();

    public RecordingReporter Reporter { get; } = new();

    public IToolGateway Gateway => _services.GetRequiredService<IToolGateway>();

    public IConnectedAccounts Accounts => Gateway.Accounts;

    /// <summary>The requests that were sent, as method and path, tokens aside.</summary>
    public IEnumerable<string> Sent => Scalekit.Requests.Where(request => request.Path is not TokenPath).Select(request => $"{request.Method} {request.Path.Replace("/api/v1/", "", StringComparison.Ordinal)}");

    public int TokenRequests => Scalekit.Count(HttpMethod.Post, TokenPath);

    public int CountedRetries => _metrics.Of(ScmTelemetry.RetriesInstrument).Count;

    /// <summary>What was counted, as interaction and outcome, starts aside.</summary>
    public IEnumerable<string> Interactions => _metrics.Of(ScmTelemetry.InteractionsInstrument)
        .Where(one => one.Tags[ScmTelemetry.OutcomeTag] is not "started")
        .Select(one => $"{one.Tags[ScmTelemetry.InteractionTag]} {one.Tags[ScmTelemetry.OutcomeTag]}");

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Tags => [.. _metrics.Of(ScmTelemetry.InteractionsInstrument).Select(one => one.Tags)];

    /// <summary>Everything that metrics, logs and reports were given, as text.</summary>
    public IEnumerable<string> EverythingSaid =>
    [
        .. _metrics.Of(ScmTelemetry.InteractionsInstrument).SelectMany(one => one.Tags.Values).Select(value => $"{value}"),
        .. Log.Lines.SelectMany(line => line.Fields.Values.Append(line.Message).Append(line.Exception)).Select(value => $"{value}"),
        .. Reporter.Reports.SelectMany(report => report.Extras.Values.Append(report.Reason).Append(report.Exception)).Select(value => $"{value}"),
    ];

    public static async Task<ScalekitRig> StartAsync(Action<ScalekitOptions>? configure = null, Action<FakeScalekitOptions>? fake = null, Action<IToolGatewayBuilder>? build = null)
    {
        var time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(20) };
        var scalekit = await FakeScalekit.StartAsync(
            options =>
            {
                options.TimeProvider = time;
                fake?.Invoke(options);
            },
            Cancellation);
        scalekit.AddClient("skc_1", ClientSecret);
        return new(scalekit, time, configure, build, ownsFake: true);
    }

    /// <summary>Another client of the same fake, as in another process.</summary>
    public ScalekitRig Another() => new(Scalekit, Time, configure: null, build: null, ownsFake: false);

    /// <summary>A client of the same shape at another address.</summary>
    public ScalekitRig At(Uri address, Action<ScalekitOptions>? configure = null) => new(
        Scalekit,
        Time,
        options =>
        {
            options.Address = address;
            configure?.Invoke(options);
        },
        build: null,
        ownsFake: false);

    /// <summary>Does something, and gives the error that must come.</summary>
    public static async Task<ScmException> FailAsync(Func<Task> act) => (await act.Should().ThrowAsync<ScmException>()).Which;

    public Task<AccountUpsert> UpsertAsync(AccountCredential? credential = null, string? configuration = null, CancellationToken? cancellationToken = null) =>
        Accounts.UpsertAsync(Ada, credential, Json(configuration), cancellationToken ?? Cancellation);

    public Task<ToolResult> ExecuteAsync(CancellationToken? cancellationToken = null) =>
        Gateway.ExecuteToolAsync(new ToolCall("echo", Ada), cancellationToken ?? Cancellation);

    public static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);

    /// <summary>The account that the fake has for <see cref="Ada"/>.</summary>
    public FakeScalekitAccount AddAda(string status = "ACTIVE", string? authorizationDetails = null, string? apiConfig = null) =>
        Scalekit.AddAccount(Ada.Connection, Ada.Identifier, Ada.OrganizationId, Ada.UserId, status, authorizationDetails, apiConfig);

    /// <summary>The body of the n-th request of a method and path.</summary>
    public string Body(HttpMethod method, string path, int index = 0) => Scalekit.Find(method, path)[index].Body;

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _services.DisposeAsync();
        if (_ownsFake)
        {
            await Scalekit.DisposeAsync();
        }

        Log.Dispose();
    }
}
