using ScmIntegrations.Caching;

namespace ScmIntegrations.PostgreSQL;

/// <summary>Leases as rows: taken and given back in single statements, and counted by the database's clock.</summary>
internal sealed class PostgreSqlRefreshLock(PostgreSqlDatabase database, ExpiredRows expired) : IRefreshLock
{
    private readonly string _acquire =
        $"""
        INSERT INTO {database.Schema}.lease AS present (name, owner, until)
        VALUES ($1, $2, clock_timestamp() + $3)
        ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner, until = clock_timestamp() + $3
        WHERE present.until <= clock_timestamp() OR present.owner = EXCLUDED.owner
        """;

    private readonly string _release = $"DELETE FROM {database.Schema}.lease WHERE name = $1 AND owner = $2";

    public async Task<bool> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        return await database.ExecuteAsync(_acquire, [Values.Key(name), Values.Key(owner), Values.Span(timeToLive)], cancellationToken).ConfigureAwait(false) == 1;
    }

    public async Task ReleaseAsync(string name, string owner, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(owner);
        await database.ExecuteAsync(_release, [Values.Key(name), Values.Key(owner)], cancellationToken).ConfigureAwait(false);

        // Behind every call, so here and not where the lock is taken.
        await expired.RemoveAsync(cancellationToken).ConfigureAwait(false);
    }
}
