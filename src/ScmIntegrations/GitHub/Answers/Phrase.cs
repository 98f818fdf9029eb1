using System.Text;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// Words to look for in a message. GitHub rewords its messages, so a phrase is short, and case, punctuation and the kind of
/// quotes do not count; a <c>*</c> stands for any words between.
/// </summary>
internal sealed class Phrase(string text)
{
    // Each part begins with a word, so that "is at" is not found in "this attribute"; it may end within one, as for a plural.
    private readonly string[] _parts = [.. text.Split('*').Select(Normalize)];

    /// <summary>Whether the parts stand in the words, in order.</summary>
    /// <param name="normalized">Words that have been through <see cref="Normalize"/>.</param>
    public bool IsIn(string normalized)
    {
        var from = 0;
        foreach (var part in _parts)
        {
            var at = normalized.IndexOf(part, from, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            from = at + part.Length;
        }

        return true;
    }

    /// <summary>The phrase as it was written.</summary>
    public override string ToString() => text;

    /// <summary>Lower-case letters and digits, each run of anything else as one space, with a space before the first word.</summary>
    public static string Normalize(string words)
    {
        var normal = new StringBuilder(" ", words.Length + 1);
        foreach (var letter in words)
        {
            if (char.IsLetterOrDigit(letter))
            {
                normal.Append(char.ToLowerInvariant(letter));
            }
            else if (letter is not ('\'' or '’') && normal is not [.., ' '])
            {
                normal.Append(' ');
            }
        }

        return normal.ToString().TrimEnd();
    }
}
