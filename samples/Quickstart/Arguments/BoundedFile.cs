namespace Quickstart.Arguments;

/// <summary>Reads a file that an option names. The bound keeps a wrong path, such as a device, from being read for ever.</summary>
internal static class BoundedFile
{
    public static async Task<byte[]> ReadAsync(string option, string path, int maxBytes, string holds, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true);
            return await ReadAsync(option, file, $"'{path}'", maxBytes, holds, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: '{path}' cannot be read. {unreadable.Message}");
        }
    }

    public static async Task<byte[]> ReadAsync(string option, Stream stream, string name, int maxBytes, string holds, CancellationToken cancellationToken)
    {
        var bytes = new byte[maxBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= maxBytes ? bytes[..length] : throw new UsageException($"{option}: {name} has more than {maxBytes} bytes; {holds} has fewer.");
    }
}
