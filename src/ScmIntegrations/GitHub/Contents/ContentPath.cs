using System.Text;

namespace ScmIntegrations.GitHub.Contents;

/// <summary>Checks the path of a file before any I/O, and escapes it segment by segment, so that it can never lead elsewhere.</summary>
internal static class ContentPath
{
    // git's own limit of a path on Linux (PATH_MAX).
    private const int MaxLength = 4096;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns the path when git can hold it.</summary>
    /// <exception cref="ArgumentException">The path is empty, too long, begins or ends with a slash, has an empty, <c>.</c> or <c>..</c> segment, a control character, or half a character.</exception>
    public static string Check(string path, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, parameter);
        if (path.Length > MaxLength)
        {
            throw new ArgumentException($"The path has {path.Length} characters; the limit is {MaxLength}.", parameter);
        }

        return !path.AsSpan().ContainsAnyInRange('\0', '\u001f') && IsUnicode(path) && path.Split('/').All(segment => segment is not ("" or "." or ".."))
            ? path
            : throw new ArgumentException($"'{path}' is not the path of a file: names with one slash between, none of them '.' or '..', and no control characters.", parameter);
    }

    /// <summary>The path as it stands in an address.</summary>
    public static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Escaping would quietly put another character in place of half a surrogate pair.</summary>
    private static bool IsUnicode(string path)
    {
        try
        {
            return Strict.GetByteCount(path) > 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
