using System.Net.Http.Headers;

using Microsoft.AspNetCore.Builder;

namespace ScmIntegrations.Testing;

/// <summary>
/// A Cursor to test against: cloud agents of the current API (<c>/v1</c>: agents and their runs) and of the legacy one
/// (<c>/v0</c>), by key, with paging, models, signed webhooks and scripted faults. A test moves the agents.
/// </summary>
public sealed partial class FakeCursor : FakeServer
{
    private readonly CursorServer _server;

    private FakeCursor(CursorServer server, WebApplication? application, CancellationTokenSource stopping, string origin)
        : base(application, stopping, new Uri($"{origin}/")) => _server = server;

    /// <summary>How it behaves.</summary>
    public FakeCursorOptions Options => _server.Options;

    internal override ServerCore Server => _server;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running server; dispose it to free the port and end stalled answers.</returns>
    public static async Task<FakeCursor> StartAsync(Action<FakeCursorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var stopping = new CancellationTokenSource();
        var server = CreateServer(configure, stopping);
        var application = KestrelHost.Build(server.ServeAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new FakeCursor(server, application, stopping, application.Urls.Single());
    }

    /// <summary>A server without a port, for tests that want no socket: <see cref="FakeServer.CreateHandler"/> is the way to it.</summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <returns>The running server; dispose it to end stalled answers.</returns>
    public static FakeCursor InMemory(Action<FakeCursorOptions>? configure = null)
    {
        var stopping = new CancellationTokenSource();
        return new FakeCursor(CreateServer(configure, stopping), application: null, stopping, InMemoryOrigin);
    }

    /// <summary>A client whose base address is this server.</summary>
    /// <param name="key">Sent as a bearer token, when given.</param>
    /// <returns>A client to dispose.</returns>
    public HttpClient CreateClient(string? key = null)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static CursorServer CreateServer(Action<FakeCursorOptions>? configure, CancellationTokenSource stopping)
    {
        var options = new FakeCursorOptions();
        configure?.Invoke(options);
        return new CursorServer(options, stopping.Token);
    }
}
