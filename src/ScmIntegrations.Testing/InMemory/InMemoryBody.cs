namespace ScmIntegrations.Testing;

/// <summary>The client's end of a body: first every byte that was sent, then the end or what broke it off.</summary>
internal sealed class InMemoryBody(InMemoryAnswer answer, Action leave) : Stream
{
    private readonly Stream _bytes = answer.Reader.AsStream();
    private bool _isOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Checked(_bytes.Read(buffer, offset, count), count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Checked(await _bytes.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Who stops reading early hangs up, as a socket does that has no use for the rest.
            if (!_isOver)
            {
                leave();
            }

            _bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Checked(int read, int asked)
    {
        if (read > 0 || asked == 0)
        {
            return read;
        }

        _isOver = true;
        return answer.Broken() is { } error ? throw error : 0;
    }
}
