namespace ScmIntegrations.Accounts;

/// <summary>Lets one caller at a time change an account, within this process. Holds an entry only for accounts that somebody is at.</summary>
internal sealed class AccountGate
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountIdentity, Turns> _turns = [];

    /// <summary>The accounts that somebody is at.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _turns.Count;
            }
        }
    }

    /// <summary>Waits for the turn at an account, runs, and gives the turn on.</summary>
    public async Task<T> RunAsync<T>(AccountIdentity identity, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        var turns = Enter(identity);
        try
        {
            await turns.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await run().ConfigureAwait(false);
            }
            finally
            {
                turns.Turn.Release();
            }
        }
        finally
        {
            Leave(identity, turns);
        }
    }

    private Turns Enter(AccountIdentity identity)
    {
        lock (_gate)
        {
            if (!_turns.TryGetValue(identity, out var turns))
            {
                _turns.Add(identity, turns = new Turns());
            }

            turns.Callers++;
            return turns;
        }
    }

    private void Leave(AccountIdentity identity, Turns turns)
    {
        lock (_gate)
        {
            if (--turns.Callers == 0)
            {
                _turns.Remove(identity);
            }
        }
    }

    private sealed class Turns
    {
        // Not disposed: it holds no handle unless somebody asks for one.
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Callers { get; set; }
    }
}
