using ScmIntegrations.Caching;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>Cool-downs of instances that live in one process.</summary>
internal sealed class MemoryCooldowns(TimeProvider time) : ICooldownStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(CooldownScope Scope, string Resource), DateTimeOffset> _until = [];

    public bool IsDown { get; set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Holds a reading back until it completes.</summary>
    public Task Delay { get; set; } = Task.CompletedTask;

    public Task ExtendAsync(CooldownScope scope, string resource, TimeSpan remaining, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Writes++;
            ThrowIfDown();
            var until = time.GetUtcNow() + remaining;
            _until[(scope, resource)] = _until.TryGetValue((scope, resource), out var present) && present > until ? present : until;
            return Task.CompletedTask;
        }
    }

    public async Task<IReadOnlyDictionary<string, TimeSpan>> ReadAsync(CooldownScope scope, CancellationToken cancellationToken = default)
    {
        await Delay;
        lock (_gate)
        {
            Reads++;
            ThrowIfDown();
            return _until.Where(one => one.Key.Scope == scope).ToDictionary(one => one.Key.Resource, one => one.Value - time.GetUtcNow(), StringComparer.Ordinal);
        }
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new InvalidOperationException("The store is down.");
        }
    }
}

/// <summary>A lock among instances that live in one process.</summary>
internal sealed class MemoryLock(TimeProvider time) : IRefreshLock
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Owner, DateTimeOffset Until)> _leases = new(StringComparer.Ordinal);

    public bool IsDown { get; set; }

    /// <summary>What taking the lock waits for before it answers.</summary>
    public Task Delay { get; set; } = Task.CompletedTask;

    public int Asked { get; private set; }

    public int Taken { get; private set; }

    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _leases.Count;
            }
        }
    }

    public async Task<bool> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        Asked++;
        await Delay;
        lock (_gate)
        {
            if (IsDown)
            {
                throw new InvalidOperationException("The lock is down.");
            }

            var now = time.GetUtcNow();
            if (_leases.TryGetValue(name, out var lease) && lease.Until > now)
            {
                return false;
            }

            Taken++;
            _leases[name] = (owner, now + timeToLive);
            return true;
        }
    }

    public Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_leases.TryGetValue(name, out var lease) && lease.Owner.Equals(owner, StringComparison.Ordinal))
            {
                _leases.Remove(name);
            }

            return Task.CompletedTask;
        }
    }
}
