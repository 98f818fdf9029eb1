using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>One credential an account, for as long as somebody holds it: any number of accounts can be spoken for, and those that nobody speaks for cost nothing.</summary>
internal sealed class ConnectedAccountCredentials(Func<AccountIdentity, ConnectedAccountCredential> create) : IConnectedAccountCredentials
{
    private const int LeastSweep = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<AccountIdentity, WeakReference<ConnectedAccountCredential>> _credentials = [];
    private int _sweepAt = LeastSweep;

    public IGitHubCredential For(AccountIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        lock (_gate)
        {
            if (_credentials.TryGetValue(identity, out var held) && held.TryGetTarget(out var present))
            {
                return present;
            }

            Sweep();
            var created = create(identity);
            _credentials[identity] = new(created);
            return created;
        }
    }

    /// <summary>Lets the credential of an account, if anybody holds it, read its token anew.</summary>
    public void Forget(AccountIdentity identity)
    {
        lock (_gate)
        {
            if (_credentials.TryGetValue(identity, out var held) && held.TryGetTarget(out var present))
            {
                present.Forget();
            }
        }
    }

    /// <summary>Drops what nobody holds any more, each time their number has doubled.</summary>
    private void Sweep()
    {
        if (_credentials.Count < _sweepAt)
        {
            return;
        }

        foreach (var (identity, _) in _credentials.Where(one => !one.Value.TryGetTarget(out _)).ToList())
        {
            _credentials.Remove(identity);
        }

        _sweepAt = Math.Max(LeastSweep, _credentials.Count * 2);
    }
}
