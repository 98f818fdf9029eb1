namespace ScmIntegrations.Http;

/// <summary>Reads as much of an error's body as is wanted. The status has already said the main thing, so a body that breaks is no second error.</summary>
internal static class ErrorBody
{
    /// <summary>At most the given number of bytes, and what broke the body off, if anything did: an attempt that ran out of time, too.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, Exception? Broken)> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read;
            while (buffer.Length < maxBytes && (read = await body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                buffer.Write(chunk, 0, (int)Math.Min(read, maxBytes - buffer.Length));
            }

            return (buffer.ToArray(), null);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException or OperationCanceledException)
        {
            return (buffer.ToArray(), exception);
        }
    }
}
