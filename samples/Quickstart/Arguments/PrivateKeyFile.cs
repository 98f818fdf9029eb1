using System.Text;

namespace Quickstart.Arguments;

/// <summary>Reads the file of a private key.</summary>
internal static class PrivateKeyFile
{
    // A key of 16,384 bits takes 13 KB; the bound keeps a wrong path, such as a device, from being read for ever.
    private const int MaxBytes = 64 * 1024;

    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true);
            var bytes = new byte[MaxBytes + 1];
            var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return length <= MaxBytes
                ? Encoding.UTF8.GetString(bytes, 0, length)
                : throw new UsageException($"{OptionTable.PrivateKey}: '{path}' has more than {MaxBytes} bytes; a private key has fewer.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{OptionTable.PrivateKey}: '{path}' cannot be read. {unreadable.Message}");
        }
    }
}
