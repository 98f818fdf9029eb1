using ScmIntegrations.Errors;
using ScmIntegrations.Http;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>
/// The rest of a body whose attempt has ended well: with its headers and first bytes. From there on nothing is sent again, because
/// what was delivered cannot be taken back, and time counts only while a read waits: a slow link and a slow consumer may take as
/// long as they like, a server that falls silent may not.
/// </summary>
internal sealed class DownloadStream(OpenedBody body, InteractionScope scope, string subject, TimeSpan maxSilence, TimeProvider timeProvider) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _first = body.First;
    private ScmException? _failure;

    public override long Length => body.Length ?? base.Length;

    protected override long BytesRead => body.Rest.Position - _first.Length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            throw ScmException.From(_failure.Error, _failure);
        }

        if (!_first.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, _first.Length);
            _first[..taken].CopyTo(buffer);
            _first = _first[taken..];
            return taken;
        }

        var read = await ReadOnAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0 && !buffer.IsEmpty)
        {
            scope.RecordSuccess();
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Read it asynchronously: a read that blocks cannot be given up when the server falls silent.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            scope.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadOnAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(maxSilence, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await body.Rest.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && (exception is OperationCanceledException || TransportError.From(exception) is not null))
        {
            // The connection does not survive it.
            _failure = Fail(new() { Reason = ErrorReason.Transport, Origin = ErrorOrigin.Client, Message = "An earlier read was cancelled." }, exception);
            scope.RecordHalt(exception);
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (Describe(exception, silence.IsCancellationRequested) is { } error)
        {
            _failure = Fail(error, exception);
            scope.RecordException(_failure);
            throw _failure;
        }
    }

    private ScmError? Describe(Exception exception, bool wasSilent) => wasSilent
        ? new() { Reason = ErrorReason.Timeout, Origin = ErrorOrigin.Transport, Message = $"Nothing came for {maxSilence.TotalSeconds:0.###} s." }
        : TransportError.From(exception);

    private ScmException Fail(ScmError error, Exception cause) => ScmException.From(
        error with
        {
            Status = body.Status,
            RequestId = body.RequestId,
            Message = $"{subject}, after {body.Rest.Position} bytes: {error.Message}",
        },
        cause);
}
