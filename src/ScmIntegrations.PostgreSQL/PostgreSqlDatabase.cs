using System.Transactions;
using Npgsql;
using ScmIntegrations.PostgreSQL.Schema;

namespace ScmIntegrations.PostgreSQL;

/// <summary>The database that the stores share: where it is, and that its schema is there before anything else is asked.</summary>
internal sealed class PostgreSqlDatabase(NpgsqlDataSource dataSource, SchemaName schema, bool ownsDataSource) : IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private Task? _upgrade;

    public SchemaName Schema => schema;

    /// <summary>
    /// Begins to connect and to make the schema. The first call has no time for that, and after a deployment it is the first
    /// calls of all instances that want the same things.
    /// </summary>
    /// <returns>The same.</returns>
    public PostgreSqlDatabase Prepare()
    {
        using var apart = Apart();
        _ = ReadyAsync(CancellationToken.None);
        return this;
    }

    /// <summary>Runs a statement, once the schema is there.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters, <c>$1</c> and on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of rows that it wrote.</returns>
    public async Task<int> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        var command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a query, once the schema is there.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="parameters">Its parameters, <c>$1</c> and on.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its rows.</returns>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        using var apart = Apart();
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        var command = Command(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var results = new List<T>();
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    results.Add(read(rows));
                }

                return results;
            }
        }
    }

    public ValueTask DisposeAsync() => ownsDataSource ? dataSource.DisposeAsync() : ValueTask.CompletedTask;

    public void Dispose()
    {
        if (ownsDataSource)
        {
            dataSource.Dispose();
        }
    }

    // A transaction of the application that a call happens to be in could undo later what callers were told is written.
    private static TransactionScope? Apart() => Transaction.Current is null ? null : new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>Waits until the schema is there. When it could not be created, the next call tries again.</summary>
    private Task ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_upgrade is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // For all that wait, so with nobody's token: a caller in a hurry must not stop it half-way again and again.
                _upgrade = Task.Run(() => SchemaUpgrade.RunAsync(dataSource, schema, CancellationToken.None), CancellationToken.None);

                // Looking at the exception marks it as observed: who waited may have left.
                _ = _upgrade.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            return _upgrade.IsCompletedSuccessfully || !cancellationToken.CanBeCanceled ? _upgrade : _upgrade.WaitAsync(cancellationToken);
        }
    }
}
