using System.Collections.Concurrent;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

/// <summary>An application's own store of launches.</summary>
internal sealed class ScriptedStore : ICodingAgentStore
{
    public ConcurrentDictionary<string, CodingAgentTask> Kept { get; } = new(StringComparer.Ordinal);

    public Func<CancellationToken, Task> OnUse { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<CodingAgentTask?> FindAsync(string launchKey, CancellationToken cancellationToken = default)
    {
        await OnUse(cancellationToken);
        return Kept.GetValueOrDefault(launchKey);
    }

    public async ValueTask SaveAsync(string launchKey, CodingAgentTask task, CancellationToken cancellationToken = default)
    {
        await OnUse(cancellationToken);
        Kept[launchKey] = task;
    }
}
