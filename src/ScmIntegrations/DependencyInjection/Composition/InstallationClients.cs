using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ScmIntegrations.GitHub.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// The clients of installations known only at run time. So many are kept; the one unused for longest is put out, works on for whoever
/// holds it, and is the garbage collector's when nobody does. Until then it is found again: an installation has one client at a time.
/// </summary>
/// <param name="compose">Puts one together.</param>
/// <param name="most">The most that are kept.</param>
internal sealed class InstallationClients(Func<long, GitHubComposition> compose, int most) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, WeakReference<GitHubComposition>> _alive = [];
    private readonly Dictionary<long, LinkedListNode<(long Id, GitHubComposition Composition)>> _kept = [];
    private readonly LinkedList<(long Id, GitHubComposition Composition)> _byUse = [];

    // A client and a handler hold their connection, and with it what it belongs to.
    private readonly ConditionalWeakTable<GitHubConnection, GitHubComposition> _heldWith = [];
    private int _sweepAt;
    private bool _isDisposed;

    /// <summary>The client of an installation.</summary>
    public GitHubComposition Get(long installationId)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(InstallationClients));
            if (_kept.TryGetValue(installationId, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Composition;
            }

            var composition = IsAlive(installationId, out var held) ? held : Compose(installationId);
            _kept.Add(installationId, _byUse.AddFirst((installationId, composition)));
            if (_kept.Count > most)
            {
                _kept.Remove(_byUse.Last!.Value.Id);
                _byUse.RemoveLast();
            }

            return composition;
        }
    }

    /// <summary>All that somebody can still use, those that were put out included.</summary>
    public IReadOnlyList<GitHubComposition> All()
    {
        lock (_lock)
        {
            return [.. Alive()];
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var composition in Alive())
            {
                composition.Dispose();
            }

            _alive.Clear();
            _kept.Clear();
            _byUse.Clear();
        }
    }

    private GitHubComposition Compose(long installationId)
    {
        var composition = compose(installationId);
        _heldWith.Add(composition.Connection, composition);
        _alive[installationId] = new(composition);
        if (_alive.Count > Math.Max(most, _sweepAt))
        {
            Sweep();
        }

        return composition;
    }

    /// <summary>Forgets those that are gone, each time that there are twice as many as were left.</summary>
    private void Sweep()
    {
        foreach (var id in _alive.Keys.Where(id => !IsAlive(id, out _)).ToList())
        {
            _alive.Remove(id);
        }

        _sweepAt = 2 * _alive.Count;
    }

    private bool IsAlive(long installationId, [NotNullWhen(true)] out GitHubComposition? composition)
    {
        composition = null;
        return _alive.TryGetValue(installationId, out var weak) && weak.TryGetTarget(out composition);
    }

    private IEnumerable<GitHubComposition> Alive() =>
        _alive.Values.Select(weak => weak.TryGetTarget(out var composition) ? composition : null).OfType<GitHubComposition>();
}
