namespace ScmIntegrations.Testing;

/// <content>The way without a socket.</content>
public sealed partial class FakeGitHub
{
    // Port 0 is nobody's, so a client that was not given the handler meets a refusal and never a stranger's server.
    private const string InMemoryOrigin = "http://127.0.0.1:0";

    /// <summary>
    /// A server without a port, for tests that want no socket: <see cref="CreateHandler"/> is the way to it. Routes,
    /// faults, credentials, limits and the log of requests are the same.
    /// </summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <returns>The running server; dispose it to end stalled answers.</returns>
    public static FakeGitHub InMemory(Action<FakeGitHubOptions>? configure = null)
    {
        var stopping = new CancellationTokenSource();
        return new FakeGitHub(CreateServer(configure, stopping), application: null, stopping, InMemoryOrigin);
    }

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
        var handler = new InMemoryHandler(_server);
        return automaticDecompression ? new UnpackingHandler(handler) : handler;
    }
}
