using System.Net.Http.Headers;

using Microsoft.AspNetCore.Builder;

namespace ScmIntegrations.Testing;

/// <summary>
/// A Scalekit to test against: machine tokens by client credentials, connected accounts of many organisations and users, and
/// tools that a test registers, which succeed or relay a provider's error. With paging and scripted faults.
/// </summary>
public sealed partial class FakeScalekit : FakeServer
{
    private readonly ScalekitServer _server;

    private FakeScalekit(ScalekitServer server, WebApplication? application, CancellationTokenSource stopping, string origin)
        : base(application, stopping, new Uri($"{origin}/")) => _server = server;

    /// <summary>How it behaves.</summary>
    public FakeScalekitOptions Options => _server.Options;

    internal override ServerCore Server => _server;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server; dispose it to free the port and end stalled answers.</returns>
    public static async Task<FakeScalekit> StartAsync(Action<FakeScalekitOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var stopping = new CancellationTokenSource();
        var server = CreateServer(configure, stopping);
        var application = KestrelHost.Build(server.ServeAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new FakeScalekit(server, application, stopping, application.Urls.Single());
    }

    /// <summary>A server without a port, for tests that want no socket: <see cref="FakeServer.CreateHandler"/> is the way to it.</summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <returns>The running server; dispose it to end stalled answers.</returns>
    public static FakeScalekit InMemory(Action<FakeScalekitOptions>? configure = null)
    {
        var stopping = new CancellationTokenSource();
        return new FakeScalekit(CreateServer(configure, stopping), application: null, stopping, InMemoryOrigin);
    }

    /// <summary>A client whose base address is this server.</summary>
    /// <param name="token">Sent as a bearer token, when given; see <see cref="IssueToken"/>.</param>
    /// <returns>A client to dispose.</returns>
    public HttpClient CreateClient(string? token = null)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static ScalekitServer CreateServer(Action<FakeScalekitOptions>? configure, CancellationTokenSource stopping)
    {
        var options = new FakeScalekitOptions();
        configure?.Invoke(options);
        return new ScalekitServer(options, stopping.Token);
    }
}
