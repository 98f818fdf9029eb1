using System.Buffers;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary>
/// Reads the answer while it arrives: what has come is taken apart at once, and only what was cut off waits for more. There is
/// never more of the body in memory than that.
/// </summary>
internal static class TreeAnswerReader
{
    private const int BufferBytes = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads one answer and the end of the body.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is no JSON, broken or nested too deep; with what the parser found as its cause.</exception>
    /// <exception cref="WrongShapeException">The body is sound JSON of another shape.</exception>
    public static async Task<TreeAnswer> ReadAsync(Stream body, int maxDepth, CancellationToken cancellationToken)
    {
        using var parser = new TreeAnswerParser(maxDepth);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // A mark at the very start says nothing, and is skipped.
            var held = await FillAsync(body, buffer, 0, ByteOrderMark.Length, cancellationToken).ConfigureAwait(false);
            var isFinal = held < ByteOrderMark.Length;
            var start = buffer.AsSpan(0, held).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
            while (true)
            {
                start += parser.Parse(buffer.AsSpan(start, held - start), isFinal);
                if (isFinal)
                {
                    return parser.ToAnswer();
                }

                // What is left over moves to the front. When it is all there was, as much again comes before the next look, so that
                // a long text is not gone through anew for every packet of it.
                var left = held - start;
                buffer.AsSpan(start, left).CopyTo(buffer);
                var atLeast = start > 0 ? 1 : Math.Max(1, left);
                if (buffer.Length - left < atLeast)
                {
                    buffer = Enlarge(buffer, left);
                }

                var more = await FillAsync(body, buffer, left, atLeast, cancellationToken).ConfigureAwait(false);
                (start, held, isFinal) = (0, left + more, more < atLeast);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads at least as many bytes as are asked for, unless the body ends before.</summary>
    private static ValueTask<int> FillAsync(Stream body, byte[] buffer, int held, int atLeast, CancellationToken cancellationToken) =>
        body.ReadAtLeastAsync(buffer.AsMemory(held), atLeast, throwOnEndOfStream: false, cancellationToken);

    private static byte[] Enlarge(byte[] buffer, int held)
    {
        var larger = 2L * buffer.Length <= Array.MaxLength
            ? ArrayPool<byte>.Shared.Rent(2 * buffer.Length)
            : throw new BodyTooLargeException(buffer.Length);
        buffer.AsSpan(0, held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
