using System.Buffers;

namespace ScmIntegrations.GitHub;

/// <summary>Checks the name of a branch, tag or commit by the rules of <c>git check-ref-format</c>, before any I/O.</summary>
internal static class GitRefName
{
    private const int MaxLength = 1024;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" ~^:?*[\\\u007f");

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Returns the name when it is a valid one.</summary>
    /// <exception cref="ArgumentException">The name is empty, longer than 1,024 characters, or not a valid ref name.</exception>
    public static string Check(string gitRef, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(gitRef, parameter);
        if (gitRef.Length > MaxLength)
        {
            throw new ArgumentException($"The ref name has {gitRef.Length} characters; the limit is {MaxLength}.", parameter);
        }

        return IsValid(gitRef)
            ? gitRef
            : throw new ArgumentException($"'{gitRef}' is not a valid ref name (see git check-ref-format).", parameter);
    }

    /// <summary>Whether the name is the complete id of an object, which no branch or tag of GitHub's may be called.</summary>
    public static bool IsObjectId(string gitRef) =>
        gitRef.Length is 40 or 64 && !gitRef.AsSpan().ContainsAnyExcept(HexDigits);

    /// <summary>Whether the rules allow the name, be it a person's or an answer's.</summary>
    public static bool IsValid(string gitRef) =>
        !gitRef.AsSpan().ContainsAny(Forbidden)
        && !gitRef.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && !gitRef.Contains("..", StringComparison.Ordinal)
        && !gitRef.Contains("@{", StringComparison.Ordinal)
        && gitRef is not "@"
        && !gitRef.EndsWith('.')
        && HasValidComponents(gitRef);

    // Without splitting it into strings: every read of a tree comes by here.
    private static bool HasValidComponents(ReadOnlySpan<char> gitRef)
    {
        foreach (var range in gitRef.Split('/'))
        {
            var component = gitRef[range];
            if (component.IsEmpty || component[0] == '.' || component.EndsWith(".lock", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
