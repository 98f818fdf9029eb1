using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Npgsql;
using ScmIntegrations.Errors;

namespace ScmIntegrations.PostgreSQL.Accounts;

/// <summary>What a failure of the database means for who asked for an account, and what to do about it. No value and no connection string stands in it.</summary>
internal static class AccountFailure
{
    // The first row whose text the SQL state begins with. Appendix A of PostgreSQL's manual lists the states.
    private static readonly (string State, ErrorReason Reason, string Why)[] Rows =
    [
        ("57014", ErrorReason.Timeout, "the statement took longer than the server allows (statement_timeout)"),
        ("55P03", ErrorReason.Timeout, "the row stayed locked for longer than the server allows (lock_timeout)"),
        ("57P", ErrorReason.Transport, "the server is starting or stopping, or has ended the connection"),
        ("08", ErrorReason.Transport, "the connection broke"),
        ("25006", ErrorReason.Transport, "the server takes no writes; connect to the primary, for example with Target Session Attributes=primary"),
        ("40", ErrorReason.Transport, "the server ended the statement in favour of another one"),
        ("53100", ErrorReason.Transport, "the disk of the server is full"),
        ("53300", ErrorReason.Transport, "the server has no connection left; raise its max_connections, or lower Maximum Pool Size here"),
        ("53", ErrorReason.Transport, "the server is out of resources"),
        ("58", ErrorReason.Transport, "the machine of the server failed; its log says more"),
        ("42501", ErrorReason.Unknown, "the user of the connection lacks a right: to SELECT, INSERT, UPDATE and DELETE in the tables of the schema, or to CREATE them where they are missing"),
        ("42P01", ErrorReason.Unknown, "a table is missing that was there or should be; restart the application to create it, or restore it"),
        ("42703", ErrorReason.Unknown, "a column is missing that was there or should be; the table was made or changed by somebody else"),
        ("3F000", ErrorReason.Unknown, "the schema is missing; restart the application to create it, or restore it"),
        ("28", ErrorReason.Unknown, "the server does not let the user of the connection in; check user and password, and pg_hba.conf"),
        ("3D000", ErrorReason.Unknown, "there is no such database; create it, or correct the connection string"),
        ("23505", ErrorReason.Unknown, "another account has the same id"),
        ("", ErrorReason.Unknown, "the server refused the statement; its log says more"),
    ];

    /// <summary>Whether an exception is a failure of the database.</summary>
    public static bool IsOne(Exception exception) => exception is NpgsqlException or SocketException or IOException or TimeoutException or OperationCanceledException;

    /// <summary>Whether an exception is thrown by what stands in a row, when the row is read.</summary>
    public static bool IsOfRow(Exception exception) => exception is FormatException or JsonException or InvalidCastException or ArgumentException or InvalidOperationException;

    /// <summary>The error to throw.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="what">What could not be done, for example <c>read accounts in the schema "x"</c>.</param>
    public static ScmException Of(Exception exception, string what) => exception switch
    {
        PostgresException refused => Refused(refused, what),
        _ when Has<AuthenticationException>(exception) => Failure(ErrorReason.TlsRefused, what, "the certificate of the server is refused", exception),
        _ when Has<TimeoutException>(exception) => Failure(ErrorReason.Timeout, what, "PostgreSQL did not answer in time", exception),
        _ => Failure(ErrorReason.Transport, what, "there is no connection to PostgreSQL, or it broke", exception),
    };

    /// <summary>The error to throw for a row that cannot be read.</summary>
    public static ScmException OfRow(Exception exception, string what) =>
        Failure(ErrorReason.Unknown, what, "a row holds what no version of this library writes: somebody has changed it", exception);

    private static ScmException Refused(PostgresException refused, string what)
    {
        var (_, reason, why) = Rows.First(row => refused.SqlState.StartsWith(row.State, StringComparison.Ordinal));
        return Failure(reason, what, $"{why} (SQL state {refused.SqlState})", refused);
    }

    private static ScmException Failure(ErrorReason reason, string what, string why, Exception cause) => ScmException.From(
        new ScmError { Reason = reason, Origin = ErrorOrigin.Transport, CredentialOwner = CredentialOwner.Operator, Message = $"Could not {what}: {why}." },
        cause);

    private static bool Has<T>(Exception? exception)
        where T : Exception => exception is not null && (exception is T || Has<T>(exception.InnerException));
}
