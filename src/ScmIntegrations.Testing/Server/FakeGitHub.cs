using System.Net.Http.Headers;

using Microsoft.AspNetCore.Builder;

namespace ScmIntegrations.Testing;

/// <summary>
/// A GitHub to test against, with repositories, apps, tokens, rate limits and paging, whose answers can be replaced by
/// scripted faults. It is reached by real HTTP on a free port of the loopback address, or in memory. Everything may be
/// changed while it runs.
/// </summary>
public sealed partial class FakeGitHub : FakeServer
{
    private readonly GitHubState _state;
    private readonly FakeGitHubOptions _options;
    private readonly GitHubServer _server;

    private FakeGitHub(GitHubServer server, WebApplication? application, CancellationTokenSource stopping, string origin)
        : base(application, stopping, new Uri($"{origin}{server.Options.ApiPathPrefix.TrimEnd('/')}/"))
    {
        _server = server;
        _state = server.State;
        _options = server.Options;
        RateLimits = server.RateLimits;
        Webhooks = new(_state, Address);
    }

    /// <summary>The primary rate limits.</summary>
    public RateLimits RateLimits { get; }

    /// <summary>Deliveries of webhooks about what is in here, signed and ready to be posted.</summary>
    public FakeWebhooks Webhooks { get; }

    internal override ServerCore Server => _server;

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
        var client = NewClient();
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("fake-github-client", "1.0"));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static GitHubServer CreateServer(Action<FakeGitHubOptions>? configure, CancellationTokenSource stopping)
    {
        var options = new FakeGitHubOptions();
        configure?.Invoke(options);
        return new GitHubServer(options, stopping.Token);
    }
}
