using System.IO.Compression;
using System.Text;

using Microsoft.AspNetCore.Http;

namespace ScmIntegrations.Testing;

/// <summary>Nothing at all until the client leaves.</summary>
internal sealed class StallAnswer : Answer
{
    internal override Task WriteAsync(AnswerContext answering) =>
        Task.Delay(Timeout.InfiniteTimeSpan, answering.Time, answering.CancellationToken);
}

/// <summary>The connection is reset instead of an answer.</summary>
internal sealed class ResetAnswer : Answer
{
    internal override Task WriteAsync(AnswerContext answering)
    {
        answering.Context.Abort();

        // Kestrel goes on as if there were headers to send, and the log would say that they were, until it has noticed.
        return Task.Delay(Timeout.InfiniteTimeSpan, answering.Time, answering.CancellationToken);
    }
}

/// <summary>A body of any length, made of spaces: white space that JSON readers skip for as long as it comes.</summary>
internal sealed class LongAnswer(long bytes, bool isCompressed) : Answer
{
    internal override async Task WriteAsync(AnswerContext answering)
    {
        var response = answering.Response;
        response.StatusCode = 200;
        response.ContentType = "application/json; charset=utf-8";
        if (!isCompressed)
        {
            await FillAsync(response.Body, answering.CancellationToken).ConfigureAwait(false);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        var compressed = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (compressed.ConfigureAwait(false))
        {
            await FillAsync(compressed, answering.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillAsync(Stream body, CancellationToken cancellationToken)
    {
        var block = new byte[64 * 1024];
        block.AsSpan().Fill((byte)' ');
        for (var left = bytes; left > 0; left -= block.Length)
        {
            await body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Arrays in arrays.</summary>
internal sealed class DeepAnswer(int depth) : Answer
{
    internal override async Task WriteAsync(AnswerContext answering)
    {
        answering.Response.StatusCode = 200;
        answering.Response.ContentType = "application/json; charset=utf-8";
        var text = new string('[', depth) + new string(']', depth);
        await answering.Response.WriteAsync(text, Encoding.ASCII, answering.CancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Whatever a test writes.</summary>
internal sealed class CustomAnswer(Func<HttpContext, CancellationToken, Task> write) : Answer
{
    internal override Task WriteAsync(AnswerContext answering) => write(answering.Context, answering.CancellationToken);
}
