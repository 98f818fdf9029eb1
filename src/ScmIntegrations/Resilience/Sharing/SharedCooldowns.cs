using System.Collections.Concurrent;

namespace ScmIntegrations.Resilience.Sharing;

/// <summary>
/// What other instances were told of limits, read at most every 250 ms, and where they are told of ours. Fails open: what is
/// not known holds nobody back; what was learnt holds until its own time, even when the store is gone.
/// </summary>
internal sealed class SharedCooldowns
{
    private static readonly TimeSpan MemoLifetime = TimeSpan.FromMilliseconds(250);

    // The part of the 250 ms of a call that goes to cool-downs. The rest is StoreBudget's.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // GitHub's windows last an hour and our guesses 64 minutes: what says more is damaged, and must not close a gate for years.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // Our own word comes back a little later than it was sent.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, CooldownMemo> _memos = new(StringComparer.Ordinal);
    private readonly Func<CooldownMemo, Task> _read;
    private readonly ICooldownStore _store;
    private readonly string _host;
    private readonly StoreGuard _guard;
    private readonly TimeProvider _timeProvider;

    /// <summary>Shares the cool-downs of one host.</summary>
    public SharedCooldowns(ICooldownStore store, string host, StoreGuard guard, TimeProvider timeProvider)
    {
        (_store, _host, _guard, _timeProvider, _read) = (store, host, guard, timeProvider, ReadAsync);
    }

    /// <summary>Tells the others, behind the call.</summary>
    public void Publish(string credential, string resource, DateTimeOffset until)
    {
        if (MemoOf(credential).Claim(resource, until))
        {
            Tell(credential, resource, until);
        }
    }

    /// <summary>Until when another instance has found the resource limited; <see langword="null"/> when none is known to.</summary>
    /// <remarks>Answers from memory at once. A memory that is old is renewed behind the call.</remarks>
    public DateTimeOffset? Find(string credential, string resource)
    {
        var memo = MemoOf(credential);
        _ = Renew(memo);
        return memo.Find(resource, _timeProvider.GetUtcNow(), Echo);
    }

    /// <summary>Waits until the memory is new, for at most 50 ms, and not at all while the store is slower than that.</summary>
    public async ValueTask LookAsync(string credential, CancellationToken cancellationToken)
    {
        var memo = MemoOf(credential);
        var reading = Renew(memo);
        if (reading.IsCompleted || !memo.IsStoreQuick)
        {
            return;
        }

        try
        {
            await reading.WaitAsync(Patience, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            memo.IsStoreQuick = false;
        }
    }

    private CooldownMemo MemoOf(string credential) => _memos.GetOrAdd(credential, static one => new CooldownMemo(one));

    private Task Renew(CooldownMemo memo) => memo.Renew(_timeProvider, MemoLifetime, _read);

    private async Task ReadAsync(CooldownMemo memo)
    {
        var began = _timeProvider.GetTimestamp();
        var answer = await _guard.AskAsync("read cool-downs", token => LimitsOfAsync(memo.Credential, token), StoreBudget.Behind(), CancellationToken.None).ConfigureAwait(false);
        memo.IsStoreQuick = answer.IsAnswered && _timeProvider.GetElapsedTime(began) <= Patience;
        if (answer.Value is not { } limits)
        {
            return;
        }

        memo.Learn(limits);
        foreach (var (resource, until) in memo.Untold(_timeProvider.GetUtcNow(), Echo))
        {
            // The store was away when we told it.
            Tell(memo.Credential, resource, until);
        }
    }

    private async Task<Dictionary<string, DateTimeOffset>> LimitsOfAsync(string credential, CancellationToken cancellationToken)
    {
        var remaining = await _store.ReadAsync(new(_host, credential), cancellationToken).ConfigureAwait(false);
        var now = _timeProvider.GetUtcNow();
        return remaining.Where(one => one.Value > TimeSpan.Zero && one.Value <= Longest).ToDictionary(one => one.Key, one => now + one.Value, StringComparer.Ordinal);
    }

    private void Tell(string credential, string resource, DateTimeOffset until) => _ = _guard.AskAsync(
        "publish a cool-down",
        async token =>
        {
            var remaining = until - _timeProvider.GetUtcNow();
            if (remaining > TimeSpan.Zero)
            {
                await _store.ExtendAsync(new(_host, credential), resource, remaining, token).ConfigureAwait(false);
            }

            return true;
        },
        StoreBudget.Behind(),
        CancellationToken.None);
}
