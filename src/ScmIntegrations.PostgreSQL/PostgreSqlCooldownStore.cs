using ScmIntegrations.Resilience;

namespace ScmIntegrations.PostgreSQL;

/// <summary>Cool-downs as rows. Times are counted by the database's clock from the moment a statement runs.</summary>
internal sealed class PostgreSqlCooldownStore(PostgreSqlDatabase database, ExpiredRows expired) : ICooldownStore
{
    private readonly string _extend =
        $"""
        INSERT INTO {database.Schema}.cooldown AS present (host, credential, resource, until)
        VALUES ($1, $2, $3, clock_timestamp() + $4)
        ON CONFLICT (host, credential, resource) DO UPDATE SET until = EXCLUDED.until WHERE present.until < EXCLUDED.until
        """;

    private readonly string _read =
        $"SELECT resource, until - clock_timestamp() FROM {database.Schema}.cooldown WHERE host = $1 AND credential = $2 AND until > clock_timestamp()";

    public async Task ExtendAsync(CooldownScope scope, string resource, TimeSpan remaining, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(remaining, TimeSpan.Zero);
        await database.ExecuteAsync(_extend, [Values.Key(scope.Host), Values.Key(scope.Credential), Values.Key(resource), Values.Span(remaining)], cancellationToken).ConfigureAwait(false);
        await expired.RemoveAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<string, TimeSpan>> ReadAsync(CooldownScope scope, CancellationToken cancellationToken = default)
    {
        var rows = await database.QueryAsync(
            _read,
            [Values.Key(scope.Host), Values.Key(scope.Credential)],
            static row => KeyValuePair.Create(row.GetString(0), row.GetFieldValue<TimeSpan>(1)),
            cancellationToken).ConfigureAwait(false);
        return new Dictionary<string, TimeSpan>(rows, StringComparer.Ordinal);
    }
}
