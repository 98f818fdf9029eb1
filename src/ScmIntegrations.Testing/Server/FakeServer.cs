using Microsoft.AspNetCore.Builder;

namespace ScmIntegrations.Testing;

/// <summary>
/// What all fakes have in common: an address, a log of what was asked, scripted faults. Reached by real HTTP on a free port of
/// the loopback address, or in memory. Everything may be changed while it runs.
/// </summary>
public abstract partial class FakeServer : IAsyncDisposable
{
    // Port 0 is nobody's, so a client that was not given the handler meets a refusal and never a stranger's server.
    private protected const string InMemoryOrigin = "http://127.0.0.1:0";

    private readonly WebApplication? _application;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private protected FakeServer(WebApplication? application, CancellationTokenSource stopping, Uri address)
    {
        _application = application;
        _stopping = stopping;
        Address = address;
    }

    /// <summary>
    /// Where it listens, prefix included, with a slash at the end: <c>http://127.0.0.1:34567/</c>. In memory
    /// <c>http://127.0.0.1:0/</c>, which only <see cref="CreateHandler"/> leads to.
    /// </summary>
    public Uri Address { get; }

    /// <summary>Scripted answers, oldest rule first.</summary>
    public FaultList Faults => Server.Faults;

    /// <summary>What answers.</summary>
    internal abstract ServerCore Server { get; }

    /// <summary>
    /// A handler that brings requests to this server in memory, whether it listens on a port or not, and whatever host they
    /// name. It takes the place of a <see cref="SocketsHttpHandler"/> that follows no redirects and keeps no cookies: answers
    /// stream, a stall lasts until the caller cancels, and a broken connection is the same exception.
    /// </summary>
    /// <param name="automaticDecompression">Whether gzip is asked for and unpacked, as the client of ScmIntegrations has it done.</param>
    /// <example><code>
    /// services.AddScmIntegrations()
    ///     .AddGitHub(options =&gt; { options.ApiAddress = fake.Address; options.UseToken("ghp_reader"); })
    ///     .HttpClient.ConfigurePrimaryHttpMessageHandler(() =&gt; fake.CreateHandler());
    /// </code></example>
    /// <returns>A handler; any number may be made, and disposing of one does nothing to the server.</returns>
    /// <exception cref="HttpRequestException">Thrown by the handler's requests: the connection was reset, or the server was disposed (<see cref="HttpRequestError.ConnectionError"/>).</exception>
    /// <exception cref="NotSupportedException">Thrown by the handler for <see cref="HttpClient.Send(HttpRequestMessage)"/>: requests are sent asynchronously.</exception>
    public HttpMessageHandler CreateHandler(bool automaticDecompression = true)
    {
        var handler = new InMemoryHandler(Server);
        return automaticDecompression ? new UnpackingHandler(handler) : handler;
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
        GC.SuppressFinalize(this);
    }

    /// <summary>A client of this server, over a socket where it listens on one.</summary>
    private protected HttpClient NewClient() =>
        new(_application is null ? CreateHandler(automaticDecompression: false) : new HttpClientHandler()) { BaseAddress = Address };
}
