using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScmIntegrations.Tests.Infrastructure;

/// <summary>A server that sends whatever bytes a test likes, and keeps what it was sent.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<Task> _connections = new();
    private readonly Func<RawRequest, Task> _answer;
    private readonly Task _accepting;
    private int _count;

    private RawServer(Func<RawRequest, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Port => Address.Port;

    /// <summary>The head and body of every request, in order of arrival.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static RawServer Start(Func<RawRequest, Task> answer) => new(answer);

    /// <summary>Gives every request the same bytes.</summary>
    public static RawServer Start(string answer) => new(request => request.WriteAsync(answer));

    /// <summary>Headers and body of a sound answer.</summary>
    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Enqueue(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped, be it between two connections.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            while (await ReadAsync(stream) is { } text)
            {
                _requests.Enqueue(text);
                await _answer(new(Interlocked.Increment(ref _count), text, socket, _stopping.Token));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or SocketException)
        {
            // Either side has had enough.
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, _stopping.Token);
            if (read == 0)
            {
                return null;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string header = "Content-Length: ";
        var at = text.IndexOf(header, StringComparison.OrdinalIgnoreCase);
        return at < 0 || at > end
            || text.Length - end - 4 >= int.Parse(text.AsSpan(at + header.Length, text.AsSpan(at + header.Length).IndexOf('\r')), provider: null);
    }
}

/// <summary>One request, and the connection it came on.</summary>
internal sealed record RawRequest(int Number, string Text, Socket Socket, CancellationToken Stopping)
{
    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await Socket.SendAsync(bytes, Stopping)..];
        }
    }

    /// <summary>Ends the connection in good order, whatever has been sent so far.</summary>
    public void Close()
    {
        Socket.Shutdown(SocketShutdown.Both);
        Socket.Close();
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Socket.Close();
    }

    /// <summary>Says nothing more until the test is over.</summary>
    public Task StallAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Stopping);
}
