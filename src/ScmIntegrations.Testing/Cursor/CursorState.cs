using System.Collections.Concurrent;
using System.Globalization;

namespace ScmIntegrations.Testing;

/// <summary>Everything the fake Cursor knows. Safe to use from many threads.</summary>
internal sealed class CursorState
{
    private readonly Lock _gate = new();
    private readonly List<FakeCursorAgent> _agents = [];
    private long _lastId;

    /// <summary>The keys that are good, with whose they are; empty for a service account's.</summary>
    public ConcurrentDictionary<string, string> Keys { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, bool> HiddenRepositories { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<FakeCursorAgent> Agents
    {
        get
        {
            lock (_gate)
            {
                return [.. _agents];
            }
        }
    }

    public FakeCursorAgent? Find(string id) => Agents.FirstOrDefault(agent => agent.Id.Equals(id, StringComparison.Ordinal));

    public FakeCursorAgent Add(FakeCursorAgent agent) =>
        TryAdd(agent) ? agent : throw new ArgumentException($"There is an agent '{agent.Id}' already.", nameof(agent));

    public bool TryAdd(FakeCursorAgent agent)
    {
        lock (_gate)
        {
            if (_agents.Exists(one => one.Id.Equals(agent.Id, StringComparison.Ordinal)))
            {
                return false;
            }

            _agents.Add(agent);
            return true;
        }
    }

    public void Remove(FakeCursorAgent agent)
    {
        lock (_gate)
        {
            _agents.Remove(agent);
        }
    }

    public string NextAgentId() => string.Create(CultureInfo.InvariantCulture, $"bc-00000000-0000-0000-0000-{Interlocked.Increment(ref _lastId):x12}");
}
