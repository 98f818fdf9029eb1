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
            var file = new FileInfo(path);
            failure = !file.Exists ? $"is '{Redaction.Clean(path)}', and there is no such file."
                : file.Length > MostBytes ? OptionKinds.Say($"is '{Redaction.Clean(path)}', a file of {file.Length} bytes; a key has at most {MostBytes}.")
                : null;
            return failure is null ? File.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failure = $"is '{Redaction.Clean(path)}', which cannot be read ({exception.GetType().Name}).";
            return null;
        }
    }
}
