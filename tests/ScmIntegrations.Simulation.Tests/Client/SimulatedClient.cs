using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Simulation.Tests.Scenarios;
using ScmIntegrations.Simulation.Tests.Server;

namespace ScmIntegrations.Simulation.Tests.Client;

/// <summary>The whole client of one run, registered as an application registers it.</summary>
internal sealed class SimulatedClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SimulatedClient(Scenario scenario, SimulatedGitHub gitHub, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton<IFailureReporter>(Ledger);
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.ApiAddress = gitHub.Address;
                options.UseInstallation(SimulatedKey.ClientId, SimulatedKey.Signer, SimulatedGitHub.InstallationId);
                options.PageSize = scenario.PageSize;
                options.Resilience.Deadline = scenario.Deadline;
                options.Resilience.AttemptTimeout = scenario.AttemptTimeout;
                options.Resilience.BackoffBase = scenario.BackoffBase;
                options.Resilience.MaxAttempts = scenario.MaxAttempts;
                options.Resilience.CircuitMinimumThroughput = scenario.CircuitMinimumThroughput;
            })
            .HttpClient
            .ConfigurePrimaryHttpMessageHandler(gitHub.CreateHandler)
            .AddHttpMessageHandler(() => new TaggingHandler(UnderWay))
            // Rotation goes by the clock on the wall, and would keep the runs of two minutes in memory.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        _services = services.BuildServiceProvider();
        Ledger.Open(_services);
        GitHub = _services.GetRequiredService<IGitHubIntegrationClient>();
    }

    public IGitHubIntegrationClient GitHub { get; }

    public OutcomeLedger Ledger { get; } = new();

    public RequestsUnderWay UnderWay { get; } = new();

    public async ValueTask DisposeAsync()
    {
        OutcomeLedger.Close(_services);
        await _services.DisposeAsync();
    }
}
