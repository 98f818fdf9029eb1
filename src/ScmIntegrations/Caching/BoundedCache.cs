using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace ScmIntegrations.Caching;

/// <summary>A private in-memory cache that never holds more than a number of bytes, on the clock it is given.</summary>
/// <remarks>
/// Values past their time are gone for readers at once; their memory is freed by a scan that later calls set off at most
/// once a minute of that clock (no timer runs), or earlier when room is needed.
/// </remarks>
internal sealed class BoundedCache : IDisposable
{
    private readonly Lock _writing;
    private readonly MemoryCache _cache;
    private readonly long _sizeLimitBytes;

    // Whose keys these are; none for the owner of the memory.
    private readonly object? _part;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="time">The clock by which values expire.</param>
    /// <param name="sizeLimitBytes">The most that all values together may weigh, in bytes as given to <see cref="Set"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sizeLimitBytes"/> is negative.</exception>
    public BoundedCache(TimeProvider time, long sizeLimitBytes)
    {
        _writing = new();
        _sizeLimitBytes = sizeLimitBytes;
        _cache = new MemoryCache(new MemoryCacheOptions
        {
            Clock = new Clock(time),
            SizeLimit = sizeLimitBytes,

            // MemoryCache alone drops a value that does not fit, and later frees 5 % in the background: a value that
            // weighs more than that would never get in. Set makes the room at once instead, so nothing is left to free.
            CompactionPercentage = 0,
        });
    }

    private BoundedCache(BoundedCache whole)
    {
        (_writing, _cache, _sizeLimitBytes) = (whole._writing, whole._cache, whole._sizeLimitBytes);
        _part = new object();
    }

    /// <summary>A cache of its own within the same bytes: it finds, replaces and forgets nothing but what was set through it.</summary>
    /// <returns>The part. Nobody has to dispose of it: what it leaves behind makes way like anything that is not used.</returns>
    public BoundedCache NewPart() => new(this);

    /// <summary>Looks a value up.</summary>
    /// <typeparam name="T">The type it was set with; any other finds nothing.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, when there is one.</param>
    /// <returns>Whether a value was found.</returns>
    public bool TryGet<T>(object key, [MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        if (_cache.TryGetValue(Own(key), out var kept) && kept is T typed)
        {
            value = typed;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Keeps a value in place of any other under its key; those unused for longest make way for it.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The value. A reader may find nothing for a moment while it takes the place of another.</param>
    /// <param name="sizeBytes">What it weighs, in bytes.</param>
    /// <param name="keepFor">How long to keep it, from now.</param>
    /// <returns>False when it was not kept, because it weighs more than the whole cache: then the key holds nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="sizeBytes"/> is negative, or <paramref name="keepFor"/> is not positive.
    /// </exception>
    public bool Set<T>(object key, T value, long sizeBytes, TimeSpan keepFor)
        where T : notnull
    {
        key = Own(key);
        var options = new MemoryCacheEntryOptions { Size = sizeBytes, AbsoluteExpirationRelativeToNow = keepFor };
        lock (_writing)
        {
            // Never let MemoryCache replace: when the old value is evicted meanwhile, version 10.0 takes its size off
            // twice, and with a total below zero it refuses everything for ever.
            _cache.Remove(key);
            return sizeBytes <= _sizeLimitBytes && TryKeepMakingRoom(key, value, options);
        }
    }

    /// <summary>Forgets what is kept under a key, if anything.</summary>
    /// <param name="key">The key.</param>
    public void Remove(object key)
    {
        lock (_writing)
        {
            _cache.Remove(Own(key));
        }
    }

    /// <summary>Forgets everything whose key fulfils a condition. Looks at every key.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The keys.</returns>
    public IReadOnlyList<object> RemoveWhere(Func<object, bool> condition)
    {
        object[] keys = [.. _cache.Keys.Select(TryOwn).OfType<object>().Where(condition)];
        Array.ForEach(keys, Remove);
        return keys;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_part is null)
        {
            _cache.Dispose();
        }
    }

    private object Own(object key) => _part is null ? key : new PartKey(_part, key);

    /// <summary>The key as it was given here; <see langword="null"/> for one of another part.</summary>
    private object? TryOwn(object key) => key is PartKey other ? (ReferenceEquals(other.Part, _part) ? other.Key : null) : _part is null ? key : null;

    private bool TryKeepMakingRoom(object key, object value, MemoryCacheEntryOptions options)
    {
        // Compact counts entries, not bytes: take little first, and all in the end.
        for (var share = 1.0 / 16; !TryKeep(key, value, options); share *= 2)
        {
            if (share > 1)
            {
                return false;
            }

            _cache.Compact(share);
        }

        return true;
    }

    private bool TryKeep(object key, object value, MemoryCacheEntryOptions options)
    {
        // A set that does not fit is dropped without a word.
        _cache.Set(key, value, options);
        return _cache.TryGetValue(key, out _);
    }

    private sealed record PartKey(object Part, object Key);

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
