using System.Text.Json;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Http;

/// <summary>What an exception of the HTTP stack or of a body reader means.</summary>
internal static class TransportError
{
    /// <summary>The facts of a failure on the wire or in the body; <see langword="null"/> when the exception is neither, such as a caller's own bug.</summary>
    public static ScmError? From(Exception exception) => exception switch
    {
        BodyTooLargeException or HttpRequestException { InnerException: BodyTooLargeException } =>
            New(ErrorReason.ResponseTooLarge, ErrorOrigin.Client, exception.Message),
        JsonException => New(ErrorReason.UnreadableResponse, ErrorOrigin.GitHub, "The body is not the JSON that was due. " + exception.Message),
        InvalidDataException => New(ErrorReason.UnreadableResponse, ErrorOrigin.GitHub, "The body cannot be decompressed. " + exception.Message),
        HttpRequestException http => New(ErrorReason.Transport, ErrorOrigin.Transport, $"No answer ({http.HttpRequestError}). {http.Message}"),
        OperationCanceledException { InnerException: TimeoutException } => New(ErrorReason.Transport, ErrorOrigin.Transport, "No connection was made in time."),
        IOException => New(ErrorReason.Transport, ErrorOrigin.Transport, "The connection broke while the answer was read. " + exception.Message),
        _ => null,
    };

    /// <summary>
    /// Whether nothing of the request can have reached the server, so that even a write may be sent again:
    /// the name was not found, the connection or the proxy tunnel was not made.
    /// </summary>
    public static bool IsBeforeSend(Exception exception) => exception
        is OperationCanceledException
        or HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError };

    private static ScmError New(ErrorReason reason, ErrorOrigin origin, string message) => new()
    {
        Reason = reason,
        Origin = origin,
        Message = Redaction.Clean(message),
    };
}
