using System.Text;

namespace Quickstart.Arguments;

/// <summary>Reads the file of a private key.</summary>
internal static class PrivateKeyFile
{
    // A key of 16,384 bits takes 13 KB.
    private const int MaxBytes = 64 * 1024;

    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await BoundedFile.ReadAsync(OptionTable.PrivateKey, path, MaxBytes, "a private key", cancellationToken));
}
