using System.Security.Cryptography;
using System.Text;
using Quickstart.Arguments;
using ScmIntegrations.Accounts;

namespace Quickstart;

/// <summary>The key of stored credentials for those who give none: made once, in a file that its owner alone can read, and used from then on.</summary>
internal static class AccountKeyFile
{
    private const int MaxBytes = 4096;

    // Ten seconds in all: writing a key takes milliseconds.
    private const int MaxTries = 500;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Reads the key; makes it first when there is none.</summary>
    /// <returns>The key, and whether it was made now.</returns>
    /// <exception cref="UsageException">The file cannot be read or made, others can read it, or it holds no key.</exception>
    public static async Task<(AccountEncryptionKey Key, bool IsNew)> ReadOrCreateAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var isNew = !File.Exists(path) && await TryCreateAsync(path, cancellationToken);
            return (await ReadAsync(path, cancellationToken), isNew);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"No key to encrypt credentials with, and none can be made in '{path}': {failed.Message} To go without the file, {DatabaseArguments.KeyWays}.");
        }
    }

    private static async Task<AccountEncryptionKey> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnlyFolder) is not UnixFileMode.None)
        {
            throw new UsageException($"'{path}' holds the key of stored credentials, and others than its owner can read or change it: chmod 600 makes that right. To go without the file, {DatabaseArguments.KeyWays}.");
        }

        var text = Encoding.UTF8.GetString(await BoundedFile.ReadAsync("The key of stored credentials", path, MaxBytes, "a key", cancellationToken)).Trim();
        try
        {
            return AccountEncryptionKey.FromBase64(DatabaseArguments.KeyId, text);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"'{path}' does not hold a key, which is {AccountEncryptionKey.Length} bytes in base64: put the right one back, or {DatabaseArguments.KeyWays}.");
        }
    }

    /// <summary>
    /// Writes the whole key beside its place and moves it there, so that nobody ever reads half of it; one at a time, for a move that is
    /// not to replace anything looks first and moves then, and two could both find the place empty.
    /// </summary>
    private static async Task<bool> TryCreateAsync(string path, CancellationToken cancellationToken)
    {
        CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var turn = await TakeTurnAsync(path + ".lock", cancellationToken);
        if (File.Exists(path))
        {
            return false;
        }

        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await WriteAsync(draft, cancellationToken);
            File.Move(draft, path, overwrite: false);
            return true;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Waits until no other process holds the lock. The system lets go of it for one that has ended.</summary>
    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellationToken)
    {
        var options = ForOwner(new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException held) when (held.GetType() == typeof(IOException) && tries < MaxTries)
            {
                // Held by another; what is wrong with the place itself has a type of its own.
                await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, ForOwner(new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous }));
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(AccountEncryptionKey.Length)) + "\n";
        await file.WriteAsync(Encoding.ASCII.GetBytes(key), cancellationToken);

        // Before anything is encrypted with it, it is on the disk.
        file.Flush(flushToDisk: true);
    }

    /// <summary>A file that is made so is its owner's alone from the first moment.</summary>
    private static FileStreamOptions ForOwner(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
        }
    }
}
