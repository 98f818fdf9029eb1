using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>A client as an application registers it, whose requests reach a fake GitHub in memory.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    public const string Token = "ghp_TheTokenOfTheLoad0123456789abcdefghi";
    public const string Trees = "/repos/{owner}/{repo}/git/trees/{sha}";

    private readonly ServiceProvider _services;
    private int _handlersMade;
    private int _handlersAlive;

    public LoadClient(FakeGitHub gitHub, TimeProvider time, Action<GitHubIntegrationOptions>? configure = null, Action<IScmIntegrationsBuilder>? share = null, bool overLoopback = false)
    {
        gitHub.AddToken(Token, "octocat");
        var services = new ServiceCollection().AddSingleton(time);
        var builder = services.AddScmIntegrations();
        share?.Invoke(builder);
        var http = builder.AddGitHub(options =>
        {
            options.ApiAddress = gitHub.Address;
            options.UseToken(Token);
            configure?.Invoke(options);
        }).HttpClient;
        if (!overLoopback)
        {
            http.ConfigurePrimaryHttpMessageHandler(() => gitHub.CreateHandler(automaticDecompression: false));
        }

        // One a chain of handlers, so it is counted with the chain.
        http.AddHttpMessageHandler(() => new CountedHandler(this));
        _services = services.BuildServiceProvider();
        GitHub = _services.GetRequiredService<IGitHubIntegrationClient>();
    }

    public IGitHubIntegrationClient GitHub { get; }

    /// <summary>Awaited by every request before it is sent.</summary>
    public Func<CancellationToken, Task>? BeforeSend { get; init; }

    /// <summary>How many chains of handlers were ever made.</summary>
    public int HandlersMade => Volatile.Read(ref _handlersMade);

    /// <summary>How many chains of handlers were made and not disposed of.</summary>
    public int HandlersAlive => Volatile.Read(ref _handlersAlive);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class CountedHandler : DelegatingHandler
    {
        private readonly LoadClient _client;
        private int _disposed;

        public CountedHandler(LoadClient client)
        {
            _client = client;
            Interlocked.Increment(ref client._handlersMade);
            Interlocked.Increment(ref client._handlersAlive);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_client.BeforeSend is { } wait)
            {
                await wait(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref _client._handlersAlive);
            }

            base.Dispose(disposing);
        }
    }
}
