using System.IO.Pipelines;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ScmIntegrations.Testing;

/// <summary>The server's end of a body: the first flush sends the headers, and a slow reader holds the writer back.</summary>
internal sealed class InMemoryBodyFeature : PipeWriter, IHttpResponseBodyFeature
{
    private readonly InMemoryAnswer _answer;
    private readonly PipeWriter _pipe;
    private long _written;

    public InMemoryBodyFeature(InMemoryAnswer answer, PipeWriter pipe)
    {
        _answer = answer;
        _pipe = pipe;
        Stream = AsStream(leaveOpen: true);
    }

    /// <summary>How many bytes the body has so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    public Stream Stream { get; }

    public PipeWriter Writer => this;

    public override void Advance(int bytes)
    {
        // What an answer without a body writes goes over the memory again, and nowhere.
        if (_answer.CarriesBody)
        {
            _pipe.Advance(bytes);
            Interlocked.Add(ref _written, bytes);
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _pipe.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _pipe.GetSpan(sizeHint);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await _answer.StartAsync().ConfigureAwait(false);
        return await _pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void CancelPendingFlush() => _pipe.CancelPendingFlush();

    /// <summary>The end of the body is the end of the exchange, which completes the pipe itself.</summary>
    public override void Complete(Exception? exception = null)
    {
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => _answer.StartAsync();

    public Task CompleteAsync() => _answer.CompleteAsync();

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);
}
