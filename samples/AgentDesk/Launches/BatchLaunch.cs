using AgentDesk.Api;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.GitHub;

namespace AgentDesk.Launches;

/// <summary>Launches an agent at every repository of an order, and has followed what runs.</summary>
internal sealed class BatchLaunch(ICodingAgentLauncher launcher, IServiceProvider services, LaunchBook book, TaskFollower follower, IHostApplicationLifetime lifetime)
{
    public async Task<LaunchAnswer> RunAsync(LaunchOrder order)
    {
        var agent = Agents.Find(services, order.Agent!);
        // snippet:launch
        var batch = new CodingAgentBatch(order.Prompt!, [.. order.Repositories!.Select(name => new CodingAgentTarget(new RepositoryRef(name)))])
        {
            IdempotencyKey = order.Key,
        };

        // Not by the request's token: whoever closes the page has launched the batch all the same.
        var result = await launcher.LaunchAsync(agent, batch, cancellationToken: lifetime.ApplicationStopping);
        // end-snippet
        foreach (var launched in result.Launched)
        {
            book.Write(result.IdempotencyKey, TaskAnswer.Of(launched));
            follower.Follow(result.IdempotencyKey, agent, launched);
        }

        return LaunchAnswer.Of(result);
    }
}
