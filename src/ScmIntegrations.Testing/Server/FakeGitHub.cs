using System.Net.Http.Headers;

using Microsoft.AspNetCore.Builder;

namespace ScmIntegrations.Testing;

/// <summary>
/// A GitHub to test against, with repositories, apps, tokens, rate limits and paging, whose answers can be replaced by
/// scripted faults. It is reached by real HTTP on a free port of the loopback address, or in memory. Everything may be
/// changed while it runs.
/// </summary>
public sealed partial class FakeGitHub : IAsyncDisposable
{
    private readonly GitHubState _state;
    private readonly FakeGitHubOptions _options;
    private readonly RequestLog _log;
    private readonly GitHubServer _server;
    private readonly WebApplication? _application;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private FakeGitHub(GitHubServer server, WebApplication? application, CancellationTokenSource stopping, string origin)
    {
        _server = server;
        _state = server.State;
        _options = server.Options;
        _log = server.Log;
        _application = application;
        _stopping = stopping;
        Address = new Uri($"{origin}{_options.ApiPathPrefix.TrimEnd('/')}/");
        Faults = server.Faults;
        RateLimits = server.RateLimits;
    }

    /// <summary>
    /// Where it listens, prefix included, with a slash at the end: <c>http://127.0.0.1:34567/</c>. In memory
    /// <c>http://127.0.0.1:0/</c>, which only <see cref="CreateHandler"/> leads to.
    /// </summary>
    public Uri Address { get; }

    /// <summary>Scripted answers, oldest rule first.</summary>
    public FaultList Faults { get; }

    /// <summary>The primary rate limits.</summary>
    public RateLimits RateLimits { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server; dispose it to free the port and end stalled answers.</returns>
    public static async Task<FakeGitHub> StartAsync(Action<FakeGitHubOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var stopping = new CancellationTokenSource();
        var server = CreateServer(configure, stopping);
        var application = KestrelHost.Build(server.ServeAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new FakeGitHub(server, application, stopping, application.Urls.Single());
    }

    /// <summary>
    /// A client whose base address is this server and which sends a user agent. Over HTTP it follows redirects; in memory it
    /// does not.
    /// </summary>
    /// <param name="token">Sent as a bearer token, when given.</param>
    /// <returns>A client to dispose.</returns>
    public HttpClient CreateClient(string? token = null)
    {
        var client = _application is null ? new HttpClient(CreateHandler(automaticDecompression: false)) : new HttpClient();
        client.BaseAddress = Address;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("fake-github-client", "1.0"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Stops the server: ends stalled answers and closes connections. A second call does nothing.</summary>
    /// <returns>A task that completes when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_application is not null)
        {
            await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
            await _application.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private static GitHubServer CreateServer(Action<FakeGitHubOptions>? configure, CancellationTokenSource stopping)
    {
        var options = new FakeGitHubOptions();
        configure?.Invoke(options);
        return new GitHubServer(options, stopping.Token);
    }
}
