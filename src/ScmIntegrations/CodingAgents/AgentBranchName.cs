using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.CodingAgents;

/// <summary>Makes a branch name that git takes out of any text.</summary>
public static class AgentBranchName
{
    private const int Words = 3;
    private const int MaxLength = 100;
    private const int SuffixLength = 6;
    private const string SuffixLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string WithoutText = "branch";

    /// <summary>
    /// The first three words of the text in lower case, of the letters a to z, digits, <c>-</c> and <c>/</c>, and a suffix of six letters
    /// and digits, so that two agents do not share a branch. Never empty.
    /// </summary>
    /// <param name="text">Any text, for example an issue's title.</param>
    /// <param name="key">What the suffix is made from: the same key gives the same branch.</param>
    /// <returns>For example <c>fix-the-login-k3x9a0</c>.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static string Of(string text, string key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        var name = new StringBuilder();
        foreach (var letter in string.Join('-', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(Words)))
        {
            var clean = letter is '_' ? '-' : char.ToLowerInvariant(letter);

            // git refuses an empty part between slashes, and one that begins with a dash looks like an option.
            var isAllowed = char.IsAsciiLetterOrDigit(clean) || (clean is '-' or '/' && name.Length > 0 && name[^1] is not '/');
            if (isAllowed && name.Length < MaxLength)
            {
                name.Append(clean);
            }
        }

        var readable = name.ToString().Trim('/', '-');
        return $"{(readable.Length == 0 ? WithoutText : readable)}-{Suffix(key)}";
    }

    private static string Suffix(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return string.Create(SuffixLength, hash, static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = SuffixLetters[bytes[i] % SuffixLetters.Length];
            }
        });
    }
}
