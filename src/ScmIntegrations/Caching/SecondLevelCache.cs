using Microsoft.Extensions.Caching.Distributed;
using ScmIntegrations.Resilience.Sharing;

namespace ScmIntegrations.Caching;

/// <summary>
/// The level that instances share: bytes under keys in any <see cref="IDistributedCache"/>. Reads wait within the budget of
/// their call; writes run behind it. A store that fails, stalls or holds nonsense is a miss.
/// </summary>
internal sealed class SecondLevelCache(IDistributedCache store, SecondLevelCacheOptions options, StoreGuard guard, StoreLog log)
{
    /// <summary>What the store is called in logs.</summary>
    public const string Name = "distributed cache";

    // No store needs longer, and some refuse it.
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(366);

    private readonly WriteBehind _writes = new();
    private long _tooLarge;
    private long _dropped;

    /// <summary>How many values were not written because they were too large.</summary>
    internal long TooLarge => Interlocked.Read(ref _tooLarge);

    /// <summary>How many values were not written because too many were being written.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The number of writes that wait or run.</summary>
    internal int Writing => _writes.Waiting;

    /// <summary>Looks a value up, however old it is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="budget">The budget of the call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// No answer when the store gave none in time; an answer without a value when it has none, or none that can be read.
    /// </returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async Task<StoreAnswer<Aged<byte[]>?>> FindAsync(SecondLevelKey key, StoreBudget budget, CancellationToken cancellationToken)
    {
        var answer = await guard.AskAsync("read", token => store.GetAsync(key.Text, token), budget, cancellationToken).ConfigureAwait(false);
        if (answer.Value is not { } framed)
        {
            return new(answer.IsAnswered, null);
        }

        if (framed.Length <= options.MaxValueBytes && SecondLevelFrame.TryUnpack(key.Text, framed, out var value))
        {
            return new(true, value);
        }

        log.NotUnderstood(Name, key.Kind);
        return new(true, null);
    }

    /// <summary>Writes a value behind the call; dropped when it is too large or too many are being written.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Makes the bytes, behind the call.</param>
    /// <param name="fetchedAt">When it was fetched.</param>
    /// <param name="expiresAt">From when on it is stale.</param>
    /// <param name="keepFor">How long the store keeps it, from now; at most a year and a day.</param>
    /// <returns>A task that completes when it is written or given up, and never faults. It need not be awaited.</returns>
    public Task Set(SecondLevelKey key, Func<ReadOnlyMemory<byte>> value, DateTimeOffset fetchedAt, DateTimeOffset expiresAt, TimeSpan keepFor) =>
        Write(key, () => SetAsync(key, value, fetchedAt, expiresAt, keepFor > LongestKept ? LongestKept : keepFor));

    /// <summary>Removes a value behind the call, after the writes of the same key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>A task that completes when it is removed or given up, and never faults. It need not be awaited.</returns>
    public Task Remove(SecondLevelKey key) => Write(key, () => guard.AskAsync(
        "remove",
        async token =>
        {
            await store.RemoveAsync(key.Text, token).ConfigureAwait(false);
            return true;
        },
        StoreBudget.Behind(),
        CancellationToken.None));

    private Task Write(SecondLevelKey key, Func<Task> write)
    {
        if (!_writes.TryRun(key.Text, write, out var done) && Interlocked.Increment(ref _dropped) == 1)
        {
            log.Dropped(Name, key.Kind);
        }

        return done;
    }

    private async Task SetAsync(SecondLevelKey key, Func<ReadOnlyMemory<byte>> value, DateTimeOffset fetchedAt, DateTimeOffset expiresAt, TimeSpan keepFor)
    {
        if (keepFor <= TimeSpan.Zero || !guard.MayAsk || Pack(key, value, fetchedAt, expiresAt) is not { } framed)
        {
            return;
        }

        var kept = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = keepFor };
        await guard.AskAsync(
            "write",
            async token =>
            {
                await store.SetAsync(key.Text, framed, kept, token).ConfigureAwait(false);
                return true;
            },
            StoreBudget.Behind(),
            CancellationToken.None).ConfigureAwait(false);
    }

    private byte[]? Pack(SecondLevelKey key, Func<ReadOnlyMemory<byte>> value, DateTimeOffset fetchedAt, DateTimeOffset expiresAt)
    {
        byte[]? framed;
        try
        {
            framed = SecondLevelFrame.Pack(key.Text, new(value(), fetchedAt, expiresAt), options.MaxValueBytes);
        }
        catch (Exception exception)
        {
            log.NotPacked(Name, key.Kind, exception);
            return null;
        }

        if (framed is null && Interlocked.Increment(ref _tooLarge) == 1)
        {
            log.TooLarge(Name, key.Kind, options.MaxValueBytes);
        }

        return framed;
    }
}
