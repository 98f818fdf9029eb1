namespace ScmIntegrations.Testing;

/// <summary>Whether one word is another with a slip of the pen.</summary>
internal static class Misspelling
{
    private const int ShortestWord = 3;
    private const int MostLetters = 2;

    /// <summary>Whether at most two letters are too many, missing or others, whatever their case.</summary>
    public static bool IsOne(string word, string meant)
    {
        if (Math.Abs(word.Length - meant.Length) > MostLetters || word.Length < ShortestWord)
        {
            return false;
        }

        var last = Enumerable.Range(0, meant.Length + 1).ToArray();
        for (var row = 1; row <= word.Length; row++)
        {
            var next = new int[last.Length];
            next[0] = row;
            for (var column = 1; column < next.Length; column++)
            {
                var isSame = char.ToUpperInvariant(word[row - 1]) == char.ToUpperInvariant(meant[column - 1]);
                next[column] = Math.Min(last[column - 1] + (isSame ? 0 : 1), 1 + Math.Min(last[column], next[column - 1]));
            }

            last = next;
        }

        return last[^1] <= MostLetters;
    }
}
