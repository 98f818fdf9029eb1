using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScmIntegrations.Benchmarks;

/// <summary>
/// Sends one prepared answer to whatever is asked, over real sockets, and does nothing else: neither its time nor its memory
/// is to be measured along with the client's.
/// </summary>
public sealed class LoopbackGitHub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="gzippedJson">The body of every answer.</param>
    public LoopbackGitHub(byte[] gzippedJson)
    {
        ArgumentNullException.ThrowIfNull(gzippedJson);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: {gzippedJson.Length}\r\n\r\n");
        _answer = [.. Encoding.ASCII.GetBytes(head), .. gzippedJson];
        _listener.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false)));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        using var closing = connection;
        connection.NoDelay = true;
        var request = new byte[16 * 1024];
        var held = 0;
        while (await connection.ReceiveAsync(request.AsMemory(held), _stop.Token).ConfigureAwait(false) is var received and > 0)
        {
            held += received;
            if (!request.AsSpan(0, held).EndsWith("\r\n\r\n"u8))
            {
                continue;
            }

            held = 0;
            for (var sent = 0; sent < _answer.Length;)
            {
                sent += await connection.SendAsync(_answer.AsMemory(sent), _stop.Token).ConfigureAwait(false);
            }
        }
    }
}
