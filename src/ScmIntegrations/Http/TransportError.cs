using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using ScmIntegrations.Errors;
using static System.Net.Http.HttpRequestError;

namespace ScmIntegrations.Http;

/// <summary>What an exception of the HTTP stack or of a body reader means.</summary>
internal static class TransportError
{
    /// <summary>The facts of a failure on the wire or in the body; <see langword="null"/> when the exception is neither, such as a caller's own bug.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="speaker">Whose answer it is, if it is one that cannot be read.</param>
    public static ScmError? From(Exception exception, ErrorOrigin speaker = ErrorOrigin.GitHub) => exception switch
    {
        BodyTooLargeException or HttpRequestException { InnerException: BodyTooLargeException } =>
            New(ErrorReason.ResponseTooLarge, ErrorOrigin.Client, exception.Message),
        JsonException json => New(ErrorReason.UnreadableResponse, speaker, "The answer is not the JSON that was due. " + Describe(json)),
        InvalidDataException => New(ErrorReason.UnreadableResponse, speaker, "The body cannot be decompressed. " + exception.Message),
        OperationCanceledException when IsConnectTimeout(exception) => New(ErrorReason.Transport, ErrorOrigin.Transport, "No connection. " + exception.InnerException!.Message),
        OperationCanceledException { InnerException: TimeoutException late } => New(ErrorReason.Timeout, ErrorOrigin.Transport, "A client below gave up. " + late.Message),
        HttpRequestException { HttpRequestError: SecureConnectionError, InnerException: AuthenticationException } =>
            New(ErrorReason.TlsRefused, ErrorOrigin.Transport, "The secure connection was refused. " + exception.Message),
        HttpRequestException http => New(ErrorReason.Transport, ErrorOrigin.Transport, $"No answer ({http.HttpRequestError}). {http.Message}"),
        IOException => New(ErrorReason.Transport, ErrorOrigin.Transport, "The connection broke while the answer was read. " + exception.Message),
        _ => null,
    };

    /// <summary>
    /// Whether nothing of the request can have reached the server, so that even a write may be sent again:
    /// the name was not found; the connection, the proxy tunnel or the secure connection was not made.
    /// </summary>
    public static bool IsBeforeSend(Exception exception) => IsConnectTimeout(exception)
        || exception is HttpRequestException { HttpRequestError: NameResolutionError or ConnectionError or ProxyTunnelError or SecureConnectionError };

    /// <summary>Whether the host's name was not found.</summary>
    public static bool IsNameUnknown(Exception exception) => exception is HttpRequestException { HttpRequestError: NameResolutionError };

    /// <summary>Whether the name server has answered that there is no such host: it will not answer otherwise a second later.</summary>
    public static bool IsNoSuchHost(Exception exception) => exception
        is HttpRequestException { HttpRequestError: NameResolutionError, InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } };

    /// <summary>Whether the body could be read and is not what was due.</summary>
    public static bool IsWrongShape(Exception exception) => exception is WrongShapeException;

    /// <summary>
    /// The socket handler reports its connect time-out as a cancellation that nobody asked for. A client's own time-out looks alike,
    /// save for what lies within; that one can strike after the request was sent.
    /// </summary>
    private static bool IsConnectTimeout(Exception exception) => exception
        is OperationCanceledException { InnerException: TimeoutException { InnerException: not OperationCanceledException } };

    /// <summary>Where it breaks; the parser's own words name types that mean nothing to the reader.</summary>
    private static string Describe(JsonException exception) => exception.LineNumber is { } line
        ? $"It breaks at {exception.Path}, line {line + 1}, byte {exception.BytePositionInLine}."
        : exception.Message;

    private static ScmError New(ErrorReason reason, ErrorOrigin origin, string message) => new()
    {
        Reason = reason,
        Origin = origin,
        Message = Redaction.Clean(message),
    };
}
