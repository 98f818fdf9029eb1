using System.Buffers.Binary;
using System.Data;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ScmIntegrations.PostgreSQL.Schema;

/// <summary>
/// Creates the schema, or brings it to the version of this package. Any number of instances may do so at once: one works, the
/// others wait for it and find it done. A schema that is newer stays as it is; scripts only add, so that older instances go on.
/// </summary>
internal static class SchemaUpgrade
{
    public static Task RunAsync(NpgsqlDataSource dataSource, SchemaName schema, CancellationToken cancellationToken) =>
        RunAsync(dataSource, schema, SchemaScript.ReadAll(), cancellationToken);

    public static async Task RunAsync(NpgsqlDataSource dataSource, SchemaName schema, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // Who may only read and write finds a finished schema here, and needs no right to create one.
            if (await VersionAsync(connection, schema, cancellationToken).ConfigureAwait(false) < scripts.Count)
            {
                await UpgradeAsync(connection, schema, scripts, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task UpgradeAsync(NpgsqlConnection connection, SchemaName schema, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock($1)", [LockOf(schema)], cancellationToken).ConfigureAwait(false);
            await CreateAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            var version = await VersionAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            foreach (var script in scripts.Where(script => script.Version > version))
            {
                await ExecuteAsync(connection, script.Text.Replace("{schema}", $"{schema}", StringComparison.Ordinal), [], cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(connection, $"INSERT INTO {schema}.schema_version (version, script) VALUES ($1, $2)", [script.Version, script.Name], cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // CREATE SCHEMA IF NOT EXISTS asks for the right to create even where there is nothing to do.
    private static async Task CreateAsync(NpgsqlConnection connection, SchemaName schema, CancellationToken cancellationToken)
    {
        if (await ScalarAsync(connection, "SELECT to_regnamespace($1) IS NOT NULL", [$"{schema}"], cancellationToken).ConfigureAwait(false) is not true)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA {schema}", [], cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(
            connection,
            $"CREATE TABLE IF NOT EXISTS {schema}.schema_version (version integer NOT NULL PRIMARY KEY, script text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
            [],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The version that is there; 0 when there is none.</summary>
    private static async Task<int> VersionAsync(NpgsqlConnection connection, SchemaName schema, CancellationToken cancellationToken) =>
        await ScalarAsync(connection, "SELECT to_regclass($1) IS NOT NULL", [$"{schema}.schema_version"], cancellationToken).ConfigureAwait(false) is true
        && await ScalarAsync(connection, $"SELECT max(version) FROM {schema}.schema_version", [], cancellationToken).ConfigureAwait(false) is int version
            ? version
            : 0;

    /// <summary>A number for the lock that no other application is likely to use, and that every instance finds.</summary>
    private static long LockOf(SchemaName schema) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("ScmIntegrations.PostgreSQL:" + schema.Name)));

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        var command = CommandOf(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        var command = CommandOf(connection, sql, values);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
