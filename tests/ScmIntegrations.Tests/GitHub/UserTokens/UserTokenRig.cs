using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Interactions;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>A fake GitHub with an app, and a client of its token endpoints over HTTP. Waits pass at once; time-outs do not.</summary>
internal sealed class UserTokenRig : IAsyncDisposable
{
    public const string ClientId = "Iv23liUserApp";
    public const string Secret = "s3cr3t+THISMUST/NEVERPRINT=0123456789";
    public const string TokenPath = "/login/oauth/access_token";
    public const string DevicePath = "/login/device/code";

    private readonly ServiceProvider _services;
    private readonly MetricRecorder _metrics;

    private UserTokenRig(FakeGitHub gitHub, ManualTimeProvider time, Action<GitHubUserTokenOptions>? configure, Uri? address)
    {
        GitHub = gitHub;
        Time = time;
        App = gitHub.AddUserApp(ClientId, Secret);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton<TimeProvider>(time);
        services.AddScmIntegrations().AddGitHubUserTokens(options =>
        {
            options.ClientId = ClientId;
            options.ClientSecret = Secret;
            options.WebAddress = address ?? gitHub.WebAddress;
            options.Resilience.BackoffBase = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        _metrics = new(_services.GetRequiredService<InteractionTelemetry>().Meter);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeGitHub GitHub { get; }

    public FakeUserApp App { get; }

    public ManualTimeProvider Time { get; }

    public RecordingLoggerFactory Log { get; } = new();

    public IGitHubUserTokens Client => _services.GetRequiredService<IGitHubUserTokens>();

    /// <summary>What the account store uses.</summary>
    public GitHubUserTokens Inner => (GitHubUserTokens)Client;

    public int CountedRetries => _metrics.Of(ScmTelemetry.RetriesInstrument).Count;

    public int CountedInteractions => _metrics.Of(ScmTelemetry.InteractionsInstrument).Count;

    /// <summary>How often a token was asked for.</summary>
    public int Asked => GitHub.Count(HttpMethod.Post, TokenPath);

    public static async Task<UserTokenRig> StartAsync(Action<GitHubUserTokenOptions>? configure = null, Uri? address = null)
    {
        var time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(20) };
        return new(await FakeGitHub.StartAsync(options => options.TimeProvider = time, Cancellation), time, configure, address);
    }

    public FaultBuilder WhenTokenIsAsked() => GitHub.When(HttpMethod.Post, TokenPath);

    /// <summary>A refresh of tokens that the user has just been given.</summary>
    public Task<GitHubUserToken> RefreshAsync(FakeUserGrant? grant = null, CancellationToken? cancellationToken = null) =>
        Client.RefreshAsync(new GitHubToken((grant ?? App.Grant("octocat")).RefreshToken!), cancellationToken ?? Cancellation);

    /// <summary>Does something, and gives the error that must come.</summary>
    public static async Task<ScmException> FailAsync(Func<Task> act) => (await act.Should().ThrowAsync<ScmException>()).Which;

    /// <summary>The form of the n-th request of a path.</summary>
    public Dictionary<string, string> Form(string path = TokenPath, int index = 0) =>
        QueryHelpers.ParseQuery(GitHub.Find(HttpMethod.Post, path)[index].Body).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);

    /// <summary>The status that the API answers to a token.</summary>
    public async Task<HttpStatusCode> StatusOfAsync(string token)
    {
        using var client = GitHub.CreateClient(token);
        using var response = await client.GetAsync("user", Cancellation);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _services.DisposeAsync();
        await GitHub.DisposeAsync();
        Log.Dispose();
    }
}
