namespace ScmIntegrations.Testing;

/// <content>The way without a socket.</content>
public sealed partial class FakeGitHub
{
    /// <summary>
    /// A server without a port, for tests that want no socket: <see cref="FakeServer.CreateHandler"/> is the way to it. Routes,
    /// faults, credentials, limits and the log of requests are the same.
    /// </summary>
    /// <param name="configure">Changes how it behaves.</param>
    /// <returns>The running server; dispose it to end stalled answers.</returns>
    public static FakeGitHub InMemory(Action<FakeGitHubOptions>? configure = null)
    {
        var stopping = new CancellationTokenSource();
        return new FakeGitHub(CreateServer(configure, stopping), application: null, stopping, InMemoryOrigin);
    }
}
