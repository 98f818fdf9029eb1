using System.Collections.Concurrent;
using ScmIntegrations.Caching;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>A lock among instances that live in one process.</summary>
internal sealed class MemoryLock(TimeProvider time) : IRefreshLock
{
    private readonly ConcurrentDictionary<string, (string Owner, DateTimeOffset Until)> _leases = new(StringComparer.Ordinal);

    /// <summary>How many locks are held now.</summary>
    public int Held => _leases.Count;

    public Task<bool> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var lease = _leases.AddOrUpdate(name, (owner, now + timeToLive), (_, held) => held.Until > now ? held : (owner, now + timeToLive));
        return Task.FromResult(lease.Owner.Equals(owner, StringComparison.Ordinal));
    }

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken = default)
    {
        if (_leases.TryGetValue(name, out var lease) && lease.Owner.Equals(owner, StringComparison.Ordinal))
        {
            _leases.TryRemove(new(name, lease));
        }

        return Task.CompletedTask;
    }
}
