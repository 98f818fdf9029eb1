using ScmIntegrations.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Reads the file that an App's private key stands in.</summary>
internal static class PrivateKeyFile
{
    // A key of 4,096 bits takes 3.3 KB.
    private const int MostBytes = 64 * 1024;

    /// <summary>Its content; <see langword="null"/> with what is wrong, when it cannot be read.</summary>
    public static string? Read(string path, out string? failure)
    {
        try
        {
            // A link has a length of its own, which is not that of its file.
            var given = new FileInfo(path);
            var file = given.Exists ? given.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? given : given;
            failure = !file.Exists ? $"is '{Redaction.Clean(path)}', and there is no such file."
                : file.Length > MostBytes ? OptionKinds.Say($"is '{Redaction.Clean(path)}', a file of {file.Length} bytes; a key has at most {MostBytes}.")
                : file.Length == 0 ? $"is '{Redaction.Clean(path)}', which is empty, or no file but a pipe or a device."
                : null;
            return failure is null ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failure = $"is '{Redaction.Clean(path)}', which cannot be read ({exception.GetType().Name}).";
            return null;
        }
    }
}
