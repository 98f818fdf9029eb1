namespace ScmIntegrations.PostgreSQL;

/// <summary>
/// Removes what has expired, after writes that come by anyway and at most once a minute: no timer runs, and no statement removes
/// more than a thousand rows of a table, so that none holds locks for long.
/// </summary>
internal sealed class ExpiredRows(PostgreSqlDatabase database, TimeProvider timeProvider)
{
    private const int Batch = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly string[] _statements =
    [
        Remove(database, "cache", "key_hash", "expires_at"),
        Remove(database, "cooldown", "ctid", "until"),
        Remove(database, "lease", "name", "until"),
    ];

    private long? _removedAt;

    /// <summary>Removes a batch of each table, when it is time to.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (!IsDue())
        {
            return;
        }

        var isMore = false;
        foreach (var statement in _statements)
        {
            isMore |= await database.ExecuteAsync(statement, [], cancellationToken).ConfigureAwait(false) == Batch;
        }

        if (isMore)
        {
            // A batch was full: the next write goes on.
            lock (_gate)
            {
                _removedAt = null;
            }
        }
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            if (_removedAt is { } at && timeProvider.GetElapsedTime(at) < Every)
            {
                return false;
            }

            _removedAt = timeProvider.GetTimestamp();
            return true;
        }
    }

    // What another instance is removing is passed over.
    private static string Remove(PostgreSqlDatabase database, string table, string key, string time) =>
        $"""
        DELETE FROM {database.Schema}.{table} WHERE {key} = ANY (ARRAY(
            SELECT {key} FROM {database.Schema}.{table} WHERE {time} <= clock_timestamp() ORDER BY {time} LIMIT {Batch} FOR UPDATE SKIP LOCKED))
        """;
}
