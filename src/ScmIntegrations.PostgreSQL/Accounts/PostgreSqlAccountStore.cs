using Npgsql;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;

namespace ScmIntegrations.PostgreSQL.Accounts;

/// <summary>
/// Accounts as rows. Every operation is one statement, and every write is compare-and-set, so any number of processes can write. A write is on the
/// server's disk when its task has completed, whatever <c>synchronous_commit</c> the server has. Nothing is tried again here: when the answer to a
/// write is lost, nobody knows whether it was done, and who asked reads the account and compares versions.
/// </summary>
/// <remarks>Times are kept to the microsecond. A row is found by the hash of the whole identity.</remarks>
internal sealed class PostgreSqlAccountStore(PostgreSqlDatabase database) : IAccountStore
{
    // A transaction can be made durable by itself, on a server that was set up to lose the last ones in a crash; never less durable than it is.
    private const string Durable =
        "set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true) IS NOT NULL";

    private readonly string _table = $"{database.Schema}.connected_account";

    private readonly string _find = $"SELECT {AccountRow.Columns} FROM {database.Schema}.connected_account WHERE identity_hash = $1";

    private readonly string _findCredential = $"SELECT {AccountRow.Columns}, credential FROM {database.Schema}.connected_account WHERE identity_hash = $1";

    private readonly string _add =
        $"""
        INSERT INTO {database.Schema}.connected_account (version, credential_version, status, status_reason, credential_kind, token_expires_at,
            fingerprints, fingerprint_key, api_configuration, created_at, updated_at, identity_hash, id, connection, identifier, organization_id, user_id, credential)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 WHERE {Durable}
        ON CONFLICT (identity_hash) DO NOTHING
        """;

    private readonly string _replace =
        $"""
        UPDATE {database.Schema}.connected_account SET version = $1, credential_version = $2, status = $3, status_reason = $4, credential_kind = $5, token_expires_at = $6,
            fingerprints = $7, fingerprint_key = $8, api_configuration = $9, created_at = $10, updated_at = $11, credential = COALESCE($14, credential)
        WHERE identity_hash = $12 AND id = $13 AND version = $1 - 1 AND {Durable}
        """;

    private readonly string _remove = $"DELETE FROM {database.Schema}.connected_account WHERE identity_hash = $1 AND {Durable}";

    public async Task<StoredAccount?> FindAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var rows = await QueryAsync(_find, [Key(identity)], static row => AccountRow.Read(row, 0), cancellationToken).ConfigureAwait(false);
        return rows is [var account] ? account : null;
    }

    public async Task<StoredCredential?> FindCredentialAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var rows = await QueryAsync(
            _findCredential,
            [Key(identity)],
            static row => new StoredCredential(AccountRow.Read(row, 0), row.GetFieldValue<byte[]>(AccountRow.ColumnCount)),
            cancellationToken).ConfigureAwait(false);
        return rows is [var stored] ? stored : null;
    }

    public async Task<StoredAccountPage> ListAsync(AccountFilter filter, string? afterId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var matching = new AccountConditions(filter);

        // One statement, so that page and count are of one moment; the count comes with a page that is empty, too.
        var sql =
            $"""
            SELECT counted.total, page.*
            FROM (SELECT count(*) AS total FROM {_table} WHERE {matching.Sql}) AS counted
            LEFT JOIN (SELECT {AccountRow.Columns} FROM {_table} WHERE {matching.Sql} AND ($1 IS NULL OR id > $1) ORDER BY id LIMIT $2) AS page ON true
            ORDER BY page.id
            """;
        var rows = await QueryAsync(
            sql,
            [Values.Text(afterId), Values.Number(filter.PageSize + 1L), .. matching.Parameters],
            static row => (Total: row.GetInt64(0), Account: row.IsDBNull(1) ? null : AccountRow.Read(row, 1)),
            cancellationToken).ConfigureAwait(false);
        var accounts = rows.Select(row => row.Account).OfType<StoredAccount>().ToList();
        return new([.. accounts.Take(filter.PageSize)], accounts.Count <= filter.PageSize, (int)Math.Min(rows[0].Total, int.MaxValue));
    }

    public async Task<bool> TryAddAsync(StoredAccount account, ReadOnlyMemory<byte> sealedCredential, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return await WriteAsync(
            _add,
            [
                .. AccountRow.Written(account),
                Key(account.Identity),
                Values.Text(account.Id),
                Values.Text(account.Identity.Connection),
                Values.Text(account.Identity.Identifier),
                Values.Text(account.Identity.OrganizationId),
                Values.Text(account.Identity.UserId),
                Values.Bytes(sealedCredential.ToArray()),
            ],
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> TryReplaceAsync(StoredAccount account, byte[]? sealedCredential, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return await WriteAsync(
            _replace,
            [.. AccountRow.Written(account), Key(account.Identity), Values.Text(account.Id), Values.Bytes(sealedCredential)],
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> RemoveAsync(AccountIdentity identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return await WriteAsync(_remove, [Key(identity)], cancellationToken).ConfigureAwait(false);
    }

    private string Reading => $"read accounts in the schema {database.Schema}";

    private static NpgsqlParameter Key(AccountIdentity identity) => Values.Bytes(IdentityHash.Of(identity));

    private Task<IReadOnlyList<T>> QueryAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(Reading, () => database.QueryAsync(sql, parameters, row => Read(row, read), cancellationToken), cancellationToken);

    private Task<bool> WriteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        RunAsync($"write accounts in the schema {database.Schema}", async () => await database.ExecuteAsync(sql, parameters, cancellationToken).ConfigureAwait(false) == 1, cancellationToken);

    private T Read<T>(NpgsqlDataReader row, Func<NpgsqlDataReader, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception exception) when (AccountFailure.IsOfRow(exception))
        {
            throw AccountFailure.OfRow(exception, Reading);
        }
    }

    private static async Task<T> RunAsync<T>(string what, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The caller cancelled.", exception, cancellationToken);
        }
        catch (Exception exception) when (AccountFailure.IsOne(exception))
        {
            throw AccountFailure.Of(exception, what);
        }
    }
}
