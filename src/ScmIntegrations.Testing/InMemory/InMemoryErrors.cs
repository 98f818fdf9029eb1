using System.Net.Sockets;

namespace ScmIntegrations.Testing;

/// <summary>What the socket handler throws, measured against Kestrel, so that a test cannot tell the two apart by it.</summary>
internal static class InMemoryErrors
{
    /// <summary>Nobody listens any more.</summary>
    public static HttpRequestException Refused() =>
        new(HttpRequestError.ConnectionError, "Connection refused: the fake GitHub was disposed.", new SocketException((int)SocketError.ConnectionRefused));

    /// <summary>The connection was reset before the answer began.</summary>
    public static HttpRequestException ResetBeforeAnswer() => new("An error occurred while sending the request.", Reset());

    /// <summary>The connection was reset.</summary>
    public static IOException Reset() => new(
        "Unable to read data from the transport connection: Connection reset by peer.",
        new SocketException((int)SocketError.ConnectionReset));

    /// <summary>The body was shorter than announced, or its last chunk never came.</summary>
    public static HttpIOException Ended() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");
}
