using Microsoft.Extensions.Caching.Distributed;

namespace ScmIntegrations.PostgreSQL;

/// <summary>
/// A distributed cache in a table. Values live until their absolute or sliding expiration, by the database's clock; one without
/// either lives for ever.
/// </summary>
internal sealed class PostgreSqlCache(PostgreSqlDatabase database, ExpiredRows expired, TimeProvider timeProvider) : IDistributedCache
{
    private readonly string _get = $"SELECT value, sliding IS NOT NULL FROM {database.Schema}.cache WHERE key_hash = $1 AND expires_at > clock_timestamp()";

    private readonly string _set =
        $"""
        INSERT INTO {database.Schema}.cache (key_hash, value, expires_at, sliding, absolute_expires_at)
        VALUES ($1, $2, COALESCE(LEAST(clock_timestamp() + $3, clock_timestamp() + $4), 'infinity'), $3, clock_timestamp() + $4)
        ON CONFLICT (key_hash) DO UPDATE SET
            value = EXCLUDED.value, expires_at = EXCLUDED.expires_at, sliding = EXCLUDED.sliding, absolute_expires_at = EXCLUDED.absolute_expires_at
        """;

    private readonly string _refresh =
        $"""
        UPDATE {database.Schema}.cache SET expires_at = LEAST(clock_timestamp() + sliding, absolute_expires_at)
        WHERE key_hash = $1 AND sliding IS NOT NULL AND expires_at > clock_timestamp()
        """;

    private readonly string _remove = $"DELETE FROM {database.Schema}.cache WHERE key_hash = $1";

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var rows = await database.QueryAsync(_get, [Values.Hash(key)], static row => (Value: row.GetFieldValue<byte[]>(0), IsSliding: row.GetBoolean(1)), token).ConfigureAwait(false);
        if (rows is [{ IsSliding: true }])
        {
            await RefreshAsync(key, token).ConfigureAwait(false);
        }

        return rows is [var found] ? found.Value : null;
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        var absolute = options.AbsoluteExpirationRelativeToNow ?? (options.AbsoluteExpiration - timeProvider.GetUtcNow());
        if (absolute <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.AbsoluteExpiration, "The absolute expiration is not in the future.");
        }

        await database.ExecuteAsync(_set, [Values.Hash(key), Values.Bytes(value), Values.Span(options.SlidingExpiration), Values.Span(absolute)], token).ConfigureAwait(false);
        await expired.RemoveAsync(token).ConfigureAwait(false);
    }

    public async Task RefreshAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await database.ExecuteAsync(_refresh, [Values.Hash(key)], token).ConfigureAwait(false);
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await database.ExecuteAsync(_remove, [Values.Hash(key)], token).ConfigureAwait(false);
    }

    public byte[]? Get(string key) => throw OnlyAsynchronous();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw OnlyAsynchronous();

    public void Refresh(string key) => throw OnlyAsynchronous();

    public void Remove(string key) => throw OnlyAsynchronous();

    // It is registered under a key of its own, for clients that never block a thread.
    private static NotSupportedException OnlyAsynchronous() => new("This cache is asynchronous. Use the method that ends in Async.");
}
