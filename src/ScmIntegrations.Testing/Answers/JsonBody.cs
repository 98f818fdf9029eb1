using System.Buffers;
using System.IO.Compression;
using System.Text.Json;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>A JSON body written straight to the wire, compressed when the client accepts gzip.</summary>
internal sealed class JsonBody : IAsyncDisposable
{
    private readonly HttpResponse _response;
    private readonly GZipStream? _compressed;
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public JsonBody(HttpContext context, int status)
    {
        _response = context.Response;
        _response.StatusCode = status;
        _response.ContentType = "application/json; charset=utf-8";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            _response.Headers.ContentEncoding = "gzip";
            _compressed = new GZipStream(_response.Body, CompressionLevel.Fastest, leaveOpen: true);
        }

        Writer = _compressed is null ? new Utf8JsonWriter(_response.BodyWriter) : new Utf8JsonWriter(_buffer);
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>Sends what was written so far and waits while the client is slow.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_compressed is null)
        {
            await _response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await _compressed.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        if (_compressed is not null)
        {
            await _compressed.DisposeAsync().ConfigureAwait(false);
        }
    }
}
