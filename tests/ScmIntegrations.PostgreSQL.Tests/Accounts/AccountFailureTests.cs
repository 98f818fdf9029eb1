using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Errors;
using ScmIntegrations.PostgreSQL.Accounts;
using ScmIntegrations.PostgreSQL.Tests.Server;

namespace ScmIntegrations.PostgreSQL.Tests.Accounts;

/// <summary>Whatever becomes of the database is a typed error that says what to do, and shows nothing.</summary>
public sealed class AccountFailureTests(PostgreSqlServer server)
{
    private const string Password = "THISMUSTNEVERPRINT";

    private static readonly AccountIdentity Ada = new("github", "ada") { OrganizationId = "THISMUSTNEVERPRINTTOO" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, ErrorReason> Refusals => new()
    {
        { "DROP TABLE {schema}.connected_account", "restart the application to create it", ErrorReason.Unknown },
        { "DROP SCHEMA {schema} CASCADE", "restart the application to create it", ErrorReason.Unknown },
        { "ALTER TABLE {schema}.connected_account DROP COLUMN credential_kind", "made or changed by somebody else", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = 'no JSON'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = '[]'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = 'null'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = '{\"a\":1}'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = '{\"a\":null}'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = '{\"a\":\"1\",\"a\":\"2\"}'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = '{\"a\":\"\\ud800\"}'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET fingerprints = '{\"\\ud800\":\"1\"}'", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET status = ' '", "somebody has changed it", ErrorReason.Unknown },
        { "UPDATE {schema}.connected_account SET status_reason = U&'\\001A'", "somebody has changed it", ErrorReason.Unknown },
        { "ALTER TABLE {schema}.connected_account ALTER COLUMN version TYPE text", "somebody has changed it", ErrorReason.Unknown },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_was_done_to_the_table_is_said(string sql, string expected, ErrorReason reason)
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Accounts.TryAddAsync(New("ca_1", Ada), new byte[] { 1 }, Token);
        await database.ScalarAsync(sql);

        var thrown = await ThrownByAsync(() => database.Accounts.FindCredentialAsync(Ada, Token));

        thrown.Message.Should().StartWith($"Could not read accounts in the schema \"{database.Schema}\": ").And.Contain(expected);
        (thrown.Reason, thrown.IsTransient).Should().Be((reason, false));
    }

    [Fact]
    public async Task A_row_of_another_account_is_not_given_out_for_the_one_that_was_asked_for()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        var evil = new AccountIdentity("github", "ada") { OrganizationId = "evil" };
        await database.Accounts.TryAddAsync(New("ca_1", Ada), new byte[] { 1 }, Token);
        await database.Accounts.TryAddAsync(New("ca_2", evil), new byte[] { 2 }, Token);
        await database.ScalarAsync("DELETE FROM {schema}.connected_account WHERE id = 'ca_2'; "
            + $"UPDATE {{schema}}.connected_account SET identity_hash = '\\x{Convert.ToHexString(IdentityHash.Of(evil))}'");

        (await ThrownByAsync(() => database.Accounts.FindCredentialAsync(evil, Token))).Message.Should().Contain("somebody has changed it");
        (await ThrownByAsync(() => database.Accounts.FindAsync(evil, Token))).Message.Should().Contain("somebody has changed it");
        (await ThrownByAsync(() => database.Accounts.ListAsync(new(), null, Token))).Message.Should().Contain("somebody has changed it");
    }

    [Fact]
    public async Task An_id_that_another_account_has_is_refused()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);

        (await ThrownByAsync(() => database.Accounts.TryAddAsync(New("ca_1", new AccountIdentity("github", "bob")), default, Token))).Message.Should().Contain("another account has the same id");
    }

    [Theory]
    [InlineData("Username=nobody_at_all", "check user and password", false)]
    [InlineData("Database=nothing", "there is no such database", false)]
    public async Task A_server_that_does_not_let_anybody_in_is_said(string change, string expected, bool isTransient)
    {
        await using var database = new SharedDatabase($"{server.ConnectionString};{change};Password={Password}");

        var thrown = await ThrownByAsync(() => database.Accounts.FindAsync(Ada, Token));

        thrown.Message.Should().Contain(expected);
        thrown.IsTransient.Should().Be(isTransient);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_transport_error()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        foreach (var host in (string[])["127.0.0.1", "nowhere.invalid", "/nowhere"])
        {
            await using var database = new SharedDatabase($"Host={host};Port={port};Username=me;Password={Password};Database=none");

            (await ThrownByAsync(() => database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token))).Should().BeOfType<ScmTransportException>()
                .Which.IsTransient.Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_a_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var database = new SharedDatabase($"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=me;Password={Password};Database=none;Timeout=1");

        (await ThrownByAsync(() => database.Accounts.ListAsync(new AccountFilter(), null, Token))).Should().BeOfType<ScmTimeoutException>();
    }

    [Fact]
    public async Task A_server_with_a_strange_certificate_is_not_trusted()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=db.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var strange = SecureAsync(listener, certificate);
        await using var database = new SharedDatabase($"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=me;Password={Password};Database=none;SSL Mode=VerifyFull");

        (await ThrownByAsync(() => database.Accounts.FindAsync(Ada, Token))).Should().BeOfType<ScmTlsException>().Which.IsTransient.Should().BeFalse();
        listener.Stop();
        await strange;
    }

    [Fact]
    public async Task A_server_that_speaks_no_PostgreSQL_is_a_transport_error()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var strange = RefuseAsync(listener);
        await using var database = new SharedDatabase($"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=me;Password={Password};Database=none;SSL Mode=Disable");

        (await ThrownByAsync(() => database.Accounts.FindAsync(Ada, Token))).Should().BeAssignableTo<ScmTransportException>();
        listener.Stop();
        await strange;
    }

    [Theory]
    [InlineData("statement_timeout=200", "statement_timeout")]
    [InlineData("lock_timeout=200", "lock_timeout")]
    public async Task A_row_that_stays_locked_is_a_timeout(string setting, string expected)
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);
        await using var limited = new SharedDatabase($"{server.ConnectionString};Options=-c {setting}", database.Schema);
        await using var connection = await database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand($"SELECT 1 FROM {database.Schema}.connected_account FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(Token);

        (await ThrownByAsync(() => limited.Accounts.TryReplaceAsync(New("ca_1", Ada) with { Version = 2 }, null, Token))).Should().BeOfType<ScmTimeoutException>()
            .Which.Message.Should().StartWith("Could not write accounts").And.Contain(expected);
        (await limited.Accounts.FindAsync(Ada, Token))!.Version.Should().Be(1, "reading does not wait");
        await transaction.RollbackAsync(Token);
        (await limited.Accounts.TryReplaceAsync(New("ca_1", Ada) with { Version = 2 }, null, Token)).Should().BeTrue();
    }

    [Fact]
    public async Task The_limit_of_a_command_is_a_timeout()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);
        await using var limited = new SharedDatabase($"{server.ConnectionString};Command Timeout=1", database.Schema);
        await limited.Accounts.FindAsync(Ada, Token);
        await using var connection = await database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand($"LOCK TABLE {database.Schema}.connected_account", connection);
        await command.ExecuteNonQueryAsync(Token);

        (await ThrownByAsync(() => limited.Accounts.FindAsync(Ada, Token))).Should().BeOfType<ScmTimeoutException>();
    }

    [Fact]
    public async Task A_caller_who_cancels_while_a_row_is_locked_gets_away_and_nothing_is_written()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);
        await using var connection = await database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand($"LOCK TABLE {database.Schema}.connected_account", connection);
        await command.ExecuteNonQueryAsync(Token);
        await using var other = new SharedDatabase(server.ConnectionString, database.Schema);
        using var caller = new CancellationTokenSource();
        var write = database.Accounts.TryReplaceAsync(New("ca_1", Ada) with { Version = 2 }, null, caller.Token);
        var read = database.Accounts.FindAsync(Ada, caller.Token);
        while (await other.ScalarAsync("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{schema}.connected_account'::regclass") is not 2L)
        {
            await Task.Yield();
        }

        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => write).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        (await FluentActions.Awaiting(() => read).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        await transaction.RollbackAsync(Token);
        (await database.Accounts.FindAsync(Ada, Token))!.Version.Should().Be(1);
    }

    [Fact]
    public async Task A_pool_that_is_used_up_is_a_timeout()
    {
        await using var database = new SharedDatabase($"{server.ConnectionString};Maximum Pool Size=1;Timeout=1");
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);
        await using (await database.DataSource.OpenConnectionAsync(Token))
        {
            (await ThrownByAsync(() => database.Accounts.FindAsync(Ada, Token))).Should().BeOfType<ScmTimeoutException>();
        }

        (await database.Accounts.FindAsync(Ada, Token)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_server_that_takes_no_writes_says_where_to_connect()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);
        await using var standby = new SharedDatabase($"{server.ConnectionString};Options=-c default_transaction_read_only=on", database.Schema);

        (await ThrownByAsync(() => standby.Accounts.RemoveAsync(Ada, Token))).Message.Should().Contain("connect to the primary");
        (await standby.Accounts.FindAsync(Ada, Token)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_connection_that_was_ended_costs_one_call()
    {
        await using var database = new SharedDatabase($"{server.ConnectionString};Maximum Pool Size=1");
        await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token);
        await using var other = new SharedDatabase(server.ConnectionString, database.Schema);
        await other.ScalarAsync($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE '%INSERT INTO \"{database.Schema}\".connected_account%' AND pid <> pg_backend_pid()");

        (await ThrownByAsync(() => database.Accounts.FindAsync(Ada, Token))).Should().BeOfType<ScmTransportException>().Which.IsTransient.Should().BeTrue();
        (await database.Accounts.FindAsync(Ada, Token)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_transaction_of_the_application_that_is_rolled_back_takes_no_account_with_it()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            (await database.Accounts.TryAddAsync(New("ca_1", Ada), default, Token)).Should().BeTrue();
            Transaction.Current.Should().NotBeNull("the application's goes on");
        }

        (await database.Accounts.FindAsync(Ada, Token)).Should().NotBeNull("callers were told that it is written");
    }

    [Fact]
    public async Task Each_write_is_one_statement_and_only_one_statement_reads_the_credential()
    {
        await using var database = new SharedDatabase(server.ConnectionString);
        var statements = typeof(PostgreSqlAccountStore).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(string))
            .ToDictionary(field => field.Name, field => (string)field.GetValue(database.Accounts)!, StringComparer.Ordinal);

        statements.Should().HaveCount(6);
        statements.Values.Should().NotContain(sql => sql.Contains(';', StringComparison.Ordinal));
        statements.Where(one => one.Value.StartsWith("SELECT", StringComparison.Ordinal) && one.Value.Contains(", credential ", StringComparison.Ordinal))
            .Select(one => one.Key).Should().Equal("_findCredential");
        AccountRow.Columns.Split(", ").Should().HaveCount(AccountRow.ColumnCount).And.NotContain("credential");
    }

    [Fact]
    public async Task One_line_registers_the_store_and_leaves_the_application_its_own()
    {
        const string Somewhere = $"Host=127.0.0.1;Port=1;Username=me;Password={Password};Database=none";
        var own = new InMemoryAccountStore();
        await using var with = new ServiceCollection().AddScmIntegrations().AddPostgreSql(Somewhere).Services.BuildServiceProvider();
        var services = new ServiceCollection();
        services.AddSingleton<IAccountStore>(own).AddScmIntegrations().AddPostgreSql(Somewhere);
        await using var without = services.BuildServiceProvider();

        with.GetRequiredService<IAccountStore>().Should().BeOfType<PostgreSqlAccountStore>();
        without.GetRequiredService<IAccountStore>().Should().BeSameAs(own);
    }

    /// <summary>Says yes to the request for TLS, and shows its certificate.</summary>
    private static async Task SecureAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                await client.GetStream().ReadExactlyAsync(new byte[8], Token);
                await client.GetStream().WriteAsync("S"u8.ToArray(), Token);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(certificate);
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or InvalidOperationException)
        {
            // The client does not trust it and has left.
        }
    }

    /// <summary>Answers as a web server would.</summary>
    private static async Task RefuseAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(), Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static async Task<ScmException> ThrownByAsync(Func<Task> call)
    {
        var thrown = (await call.Should().ThrowAsync<ScmException>()).Which;
        (thrown.Origin, thrown.Error.CredentialOwner).Should().Be((ErrorOrigin.Transport, CredentialOwner.Operator));
        thrown.InnerException.Should().NotBeNull();
        thrown.ToString().Should().NotContain(Password);
        thrown.Explain().Should().NotContain("Host=").And.NotContain(Password);
        return thrown;
    }

    private static StoredAccount New(string id, AccountIdentity identity) => new()
    {
        Id = id,
        Identity = identity,
        Version = 1,
        CredentialVersion = 0,
        Status = AccountStatus.PendingAuthorization,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
