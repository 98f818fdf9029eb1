using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quickstart.Arguments;
using Quickstart.Counting;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;

namespace Quickstart;

/// <summary>A client, and the counters that watch it.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly RequestCounter _requests;
    private readonly InteractionCounter _interactions;

    private Session(ServiceProvider services, RequestCounter requests)
    {
        _services = services;
        _requests = requests;
        _interactions = new InteractionCounter(services.GetRequiredService<IMeterFactory>());
    }

    /// <summary>The client; made, and its options checked, when it is first asked for.</summary>
    public IGitHubIntegrationClient Client => _services.GetRequiredService<IGitHubIntegrationClient>();

    /// <summary>What the App asks as itself.</summary>
    public IGitHubAppClient App => _services.GetRequiredService<IGitHubAppClient>();

    public static Session Open(ConnectionArguments connection, ILoggerProvider? logs = null, Action<GitHubIntegrationOptions>? configure = null)
    {
        var requests = new RequestCounter();
        var services = new ServiceCollection();
        if (logs is not null)
        {
            services.AddLogging(logging => logging.AddProvider(logs));
        }

        services.AddScmIntegrations()
            .AddGitHub(gitHub =>
            {
                connection.Apply(gitHub);
                configure?.Invoke(gitHub);
            })
            .HttpClient.AddHttpMessageHandler(() => new CountingHandler(requests));
        return new Session(services.BuildServiceProvider(), requests);
    }

    /// <summary>What has been sent and done so far.</summary>
    public Cost Spent() => new(_requests.Read(), _interactions.Read());

    public ValueTask DisposeAsync()
    {
        _interactions.Dispose();
        return _services.DisposeAsync();
    }
}
