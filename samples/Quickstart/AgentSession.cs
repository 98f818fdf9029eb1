using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quickstart.Arguments;
using Quickstart.Counting;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;

namespace Quickstart;

/// <summary>An agent, a launcher, the App that finds installations, and the counters that watch them.</summary>
internal sealed class AgentSession : IAsyncDisposable
{
    private const string AppClient = "app";

    private readonly ServiceProvider _services;
    private readonly RequestCounter _requests;
    private readonly InteractionCounter _interactions;
    private readonly string _agent;

    private AgentSession(ServiceProvider services, RequestCounter requests, string agent)
    {
        _services = services;
        _requests = requests;
        _agent = agent;
        _interactions = new InteractionCounter(services.GetRequiredService<IMeterFactory>());
    }

    public ICodingAgentClient Agent => _services.GetRequiredKeyedService<ICodingAgentClient>(_agent);

    public ICodingAgentLauncher Launcher => _services.GetRequiredService<ICodingAgentLauncher>();

    public static AgentSession Open(AgentArguments agent, ConnectionArguments connection, ILoggerProvider? logs = null)
    {
        var requests = new RequestCounter();
        var services = new ServiceCollection();
        if (logs is not null)
        {
            services.AddLogging(logging => logging.AddProvider(logs));
        }

        services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new CountingHandler(requests)));
        var integrations = services.AddScmIntegrations();
        if (connection.App is { } app)
        {
            integrations.AddGitHub(AppClient, gitHub =>
            {
                gitHub.ApiAddress = connection.ApiAddress;
                gitHub.UseApp(app.ClientId, app.PrivateKeyPem);
            }).AddInstallationLookup();
        }

        var name = agent.Agent is AgentName.Cursor ? AddCursor(integrations, agent) : AddCopilot(integrations, agent, connection);
        return new AgentSession(services.BuildServiceProvider(), requests, name);
    }

    /// <summary>What has been sent and done so far.</summary>
    public Cost Spent() => new(_requests.Read(), _interactions.Read());

    public ValueTask DisposeAsync()
    {
        _interactions.Dispose();
        return _services.DisposeAsync();
    }

    private static string AddCopilot(IScmIntegrationsBuilder integrations, AgentArguments agent, ConnectionArguments connection)
    {
        const string Name = "github_copilot";
        integrations.AddGitHub(gitHub =>
        {
            gitHub.ApiAddress = connection.ApiAddress;
            gitHub.UseToken(connection.Token!);
        }).AddCopilotAgent(copilot => copilot.Address = agent.Address);
        return Name;
    }

    private static string AddCursor(IScmIntegrationsBuilder integrations, AgentArguments agent)
    {
        const string Name = "cursor";
        integrations.AddCursorAgent(cursor =>
        {
            cursor.ApiKey = agent.Key!;
            cursor.Address = agent.Address ?? cursor.Address;
        });
        return Name;
    }
}
