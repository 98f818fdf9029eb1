namespace ScmIntegrations.Http;

/// <summary>Reads a whole body that somebody else sends, and stops where it is larger than it may be.</summary>
internal static class BoundedBody
{
    /// <summary>The body; <see langword="null"/> when it is larger than the bound.</summary>
    /// <exception cref="IOException">The body broke off.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<byte[]?> ReadAsync(Stream body, int maxBytes, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (read.Length + count > maxBytes)
            {
                return null;
            }

            read.Write(chunk, 0, count);
        }

        return read.ToArray();
    }
}
