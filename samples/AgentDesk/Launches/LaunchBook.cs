using System.Collections.Concurrent;
using AgentDesk.Api;

namespace AgentDesk.Launches;

/// <summary>Knows how every task stands, by launch. In memory, for as long as the program runs; a product has a database.</summary>
internal sealed class LaunchBook
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, TaskAnswer>> _launches = new(StringComparer.Ordinal);

    /// <summary>Writes how a task stands now.</summary>
    public void Write(string key, TaskAnswer task) =>
        _launches.GetOrAdd(key, static _ => new(StringComparer.OrdinalIgnoreCase))[task.Repository] = task;

    /// <summary>The tasks of a launch; <see langword="null"/> for a key that nothing was launched with.</summary>
    public IReadOnlyList<TaskAnswer>? Find(string key) =>
        _launches.TryGetValue(key, out var tasks) ? [.. tasks.Values.OrderBy(task => task.Repository, StringComparer.OrdinalIgnoreCase)] : null;
}
