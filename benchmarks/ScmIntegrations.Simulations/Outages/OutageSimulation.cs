using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Simulations.Outages;

/// <summary>
/// The whole client, as an application registers it, makes 50 calls a second, by default for ten minutes, to a GitHub in trouble. Time is
/// virtual, and what fails is drawn from a seed; only the jitter of the waits is not, and it changes the figures in the last digit.
/// </summary>
public static class OutageSimulation
{
    private const int TenMinutes = 30_000;

    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it.</summary>
    /// <param name="failureRate">The share of requests that fail: 1 for an outage, 0.2 for a brown-out.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="hasCircuit">Whether the circuit may open; without it the retry budget stands alone.</param>
    /// <param name="calls">How many calls are made, 20 ms apart.</param>
    public static async Task<OutageReport> RunAsync(double failureRate, int seed, bool hasCircuit = true, int calls = TenMinutes)
    {
        var time = new ManualTimeProvider();
        using var gitHub = new FailingGitHub(failureRate, seed);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.UseToken("a-token");
                options.Resilience.CircuitMinimumThroughput = hasCircuit ? options.Resilience.CircuitMinimumThroughput : 100_000;
            })
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => gitHub).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IGitHubIntegrationClient>();

        var underWay = new List<Task<bool>>(calls);
        for (var call = 0; call < calls; call++)
        {
            underWay.Add(SucceedsAsync(client, new("acme", call.ToString(CultureInfo.InvariantCulture))));
            time.Advance(BetweenCalls);
        }

        var all = Task.WhenAll(underWay);
        while (!all.IsCompleted)
        {
            time.Advance(BetweenCalls);
            await Task.Yield();
        }

        return new(calls, (await all.ConfigureAwait(false)).Count(succeeded => succeeded), gitHub.Requests, gitHub.Asked);
    }

    private static async Task<bool> SucceedsAsync(IGitHubIntegrationClient client, RepositoryRef repository)
    {
        try
        {
            await client.GetRepositoryAsync(repository).ConfigureAwait(false);
            return true;
        }
        catch (ScmException)
        {
            return false;
        }
    }
}
