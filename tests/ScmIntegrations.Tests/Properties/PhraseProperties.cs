using FsCheck;
using FsCheck.Fluent;
using ScmIntegrations.GitHub.Answers;

namespace ScmIntegrations.Tests.Properties;

/// <summary>Phrases are found by their words; case, punctuation and white space do not count.</summary>
public sealed class PhraseProperties
{
    private static readonly Phrase[] Phrases = [.. GitHubErrorTable.Rows.SelectMany(row => row.Message)];

    // Between two words of one sentence: none of it ends the sentence.
    private static readonly Gen<string> Between = Gen.Elements(" ", "  ", "\r\n", "\t", "\u00a0", " ‘", "’ ", " `", "` ", " \"", "\" ", ", ", "-", " - ", "/", ": ", " (", ") ", "; ", ".", "…", "_");

    private static readonly Gen<string> OtherWords = Gen.Elements("zyx", "42", "Wvu", "ÄÖ");

    private static readonly Gen<(Phrase Phrase, string[] Words, string Text)> Spoken =
        from phrase in Gen.Elements(Phrases)
        from inserted in Gen.ArrayOf(OtherWords)
        from before in Gen.ArrayOf(OtherWords)
        from after in Gen.ArrayOf(OtherWords)
        let words = before.Concat(phrase.ToString().Split(' ').SelectMany(word => word is "*" ? inserted : [word])).Concat(after).ToArray()
        from cases in Gen.ArrayOf(Gen.Elements(true, false), words.Sum(word => word.Length))
        from between in Gen.ArrayOf(Between, words.Length + 1)
        select (phrase, words, Write(words, cases, between));

    [Fact]
    public void A_phrase_is_found_in_any_dress() => Property.Holds(Spoken.ToArbitrary(), spoken =>
        spoken.Phrase.IsIn(Phrase.Normalize(spoken.Text)).Should().BeTrue($"\"{spoken.Phrase}\" is in \"{spoken.Text}\""));

    [Fact]
    public void A_phrase_needs_all_its_words() => Property.Holds(Property.Pairs(Spoken.ToArbitrary(), Gen.Choose(0, 99).ToArbitrary()), input =>
    {
        var ((phrase, words, _), index) = input;
        var needed = phrase.ToString().Split(' ').Where(word => word is not "*").ToArray();
        var left = needed[index % needed.Length];

        var without = string.Join(' ', words.Where(word => !word.Equals(left, StringComparison.Ordinal)));

        phrase.IsIn(Phrase.Normalize(without)).Should().BeFalse($"\"{phrase}\" is not in \"{without}\"");
    });

    [Fact]
    public void A_gap_ends_with_the_sentence() => Property.Holds(Gen.Elements(Phrases.Where(phrase => phrase.ToString().Contains('*', StringComparison.Ordinal)).ToArray()).ToArbitrary(), phrase =>
        phrase.IsIn(Phrase.Normalize(phrase.ToString().Replace(" * ", " zyx. ", StringComparison.Ordinal))).Should().BeFalse());

    [Fact]
    public void Words_are_brought_into_one_form() => Property.Holds(Texts.Pieces, pieces =>
    {
        var words = Phrase.Normalize(string.Concat(pieces));

        Phrase.Normalize(words).Should().Be(words);
        words.Should().NotContain("  ").And.NotContainAny("\n", "\t", "`", "\"");
    });

    private static string Write(string[] words, bool[] cases, string[] between)
    {
        var (text, letter) = (between[0], 0);
        for (var word = 0; word < words.Length; word++)
        {
            text += string.Concat(words[word].Select(one => cases[letter++] ? char.ToUpperInvariant(one) : one)) + between[word + 1];
        }

        return text;
    }
}
