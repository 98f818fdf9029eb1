using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>A distributed cache that does what a test tells it to, well or badly.</summary>
internal sealed class ScriptedCache : IDistributedCache, IDisposable
{
    private readonly ManualResetEventSlim _unblock = new();
    private int _gets;
    private int _sets;

    public enum Mood
    {
        Well,
        Refuses,

        /// <summary>Never answers, and pays no heed to tokens.</summary>
        Stalls,

        /// <summary>Holds the thread that asks.</summary>
        Blocks,
    }

    public Mood Is { get; set; }

    /// <summary>Awaited before a value is looked up, with its key.</summary>
    public Func<string, Task> BeforeGet { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Awaited before a value is written, with its key.</summary>
    public Func<string, Task> BeforeSet { get; set; } = static _ => Task.CompletedTask;

    public ConcurrentDictionary<string, byte[]> Values { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, DistributedCacheEntryOptions> Kept { get; } = new(StringComparer.Ordinal);

    public int Gets => Volatile.Read(ref _gets);

    public int Sets => Volatile.Read(ref _sets);

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        Interlocked.Increment(ref _gets);
        await BeforeGet(key);
        return await PlayAsync(() => Values.GetValueOrDefault(key));
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Interlocked.Increment(ref _sets);
        await BeforeSet(key);
        await PlayAsync(() =>
        {
            Kept[key] = options;
            return Values[key] = value;
        });
    }

    public Task RemoveAsync(string key, CancellationToken token = default) => PlayAsync(() => Values.TryRemove(key, out _));

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Dispose() => _unblock.Set();

    private Task<T> PlayAsync<T>(Func<T> play)
    {
        switch (Is)
        {
            case Mood.Refuses:
                throw new InvalidOperationException("The store is down.");
            case Mood.Stalls:
                return new TaskCompletionSource<T>().Task;
            case Mood.Blocks:
                _unblock.Wait(TestContext.Current.CancellationToken);
                break;
        }

        return Task.FromResult(play());
    }
}
