using System.Text;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// Words to look for in a message. GitHub rewords its messages, so a phrase is short, and case, punctuation and the kind of
/// quotes do not count. A <c>*</c> stands for any words between, within a sentence: what one sentence forbids, the next may recommend.
/// </summary>
internal sealed class Phrase(string text)
{
    private const char SentenceEnd = '.';

    // Each part begins with a word, so that "is at" is not found in "this attribute"; it may end within one, as for a plural.
    private readonly string[] _parts = [.. text.Split('*').Select(Normalize)];

    /// <summary>Whether the parts stand in one sentence of the words, in order.</summary>
    /// <param name="normalized">Words that have been through <see cref="Normalize"/>.</param>
    public bool IsIn(string normalized)
    {
        foreach (var sentence in normalized.AsSpan().Split(SentenceEnd))
        {
            if (IsInSentence(normalized.AsSpan(sentence)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The phrase as it was written.</summary>
    public override string ToString() => text;

    /// <summary>
    /// Lower-case letters and digits, each run of anything else as one space, with a space before the first word and a full stop
    /// between sentences.
    /// </summary>
    public static string Normalize(string words)
    {
        var normal = new StringBuilder(" ", words.Length + 1);
        for (var i = 0; i < words.Length; i++)
        {
            if (char.IsLetterOrDigit(words[i]))
            {
                normal.Append(char.ToLowerInvariant(words[i]));
            }
            else if (words[i] is '.' or '!' or '?' && i + 1 < words.Length && char.IsWhiteSpace(words[i + 1]))
            {
                normal.Append(SentenceEnd).Append(' ');
            }
            else if (words[i] is not ('\'' or '’') && normal is not [.., ' '])
            {
                normal.Append(' ');
            }
        }

        return normal.ToString().TrimEnd(SentenceEnd, ' ');
    }

    private bool IsInSentence(ReadOnlySpan<char> sentence)
    {
        foreach (var part in _parts)
        {
            var at = sentence.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            sentence = sentence[(at + part.Length)..];
        }

        return true;
    }
}
