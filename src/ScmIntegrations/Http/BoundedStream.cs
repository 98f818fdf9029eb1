namespace ScmIntegrations.Http;

/// <summary>A body that ends in <see cref="BodyTooLargeException"/> once more than the bound has been read from it, decompressed.</summary>
internal sealed class BoundedStream(Stream inner, long maxBytes) : ReadOnlyStream
{
    private long _read;

    protected override long BytesRead => _read;

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int bytes) => (_read += bytes) <= maxBytes ? bytes : throw new BodyTooLargeException(maxBytes);
}
