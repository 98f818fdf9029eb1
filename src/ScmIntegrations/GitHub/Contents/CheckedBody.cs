using System.Security.Cryptography;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>
/// A body whose end is checked before it is believed: it is as long as was announced, and where an id and a length are known, the
/// content has that id. Otherwise the last read throws instead of saying that there is no more. It remembers what broke it.
/// </summary>
internal sealed class CheckedBody(Stream inner, long? length, string? sha = null) : ReadOnlyStream
{
    private readonly IncrementalHash? _hash = sha is not null && length is { } known ? GitBlobId.Begin(known, sha) : null;
    private long _read;
    private bool _ended;

    /// <summary>What broke the body; <see langword="null"/> while it is good.</summary>
    public Exception? Failure { get; private set; }

    public override long Length => length ?? base.Length;

    protected override long BytesRead => _read;

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return count == 0 ? 0 : Take(buffer.AsSpan(offset, inner.Read(buffer, offset, count)));
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            if (buffer.IsEmpty)
            {
                return 0;
            }

            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return Take(buffer.Span[..read]);
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash?.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        _read += bytes.Length;
        if (!bytes.IsEmpty)
        {
            _hash?.AppendData(bytes);
        }
        else if (!_ended)
        {
            if (length is { } announced && _read != announced)
            {
                throw new IOException($"The body ended after {_read} of {announced} bytes.");
            }

            if (_hash is not null && !sha!.Equals(Convert.ToHexString(_hash.GetHashAndReset()), StringComparison.OrdinalIgnoreCase))
            {
                throw new IOException($"What arrived is not the content of {sha}.");
            }

            _ended = true;
        }

        return bytes.Length;
    }
}
