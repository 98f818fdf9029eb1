using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Code on a page is quoted from a file that compiles, word for word.</summary>
public sealed partial class SnippetTests
{
    public static TheoryData<string> Pages => [.. Checkout.Files("*.md").Where(page => File.ReadAllText(page).Contains("<!-- snippet:", StringComparison.Ordinal)).Select(Checkout.Relative)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_quoted_snippet_is_the_code_of_its_source(string page)
    {
        var quotes = Quote().Matches(Checkout.Read(page));

        quotes.Should().NotBeEmpty();
        foreach (Match quote in quotes)
        {
            quote.Groups["code"].Value.Should().Be(Snippet(quote.Groups["source"].Value, quote.Groups["name"].Value));
        }
    }

    [Fact]
    public void The_readme_quotes_its_first_screen() => Pages.Should().Contain(row => row.Data == "README.md");

    private static string Snippet(string source, string name)
    {
        var region = Regex.Match(
            Checkout.Read(source),
            $@"^ *// snippet:{Regex.Escape(name)}\n(?<code>.*?)^ *// end-snippet$",
            RegexOptions.Singleline | RegexOptions.Multiline,
            TimeSpan.FromSeconds(5));
        region.Success.Should().BeTrue($"{source} has a snippet {name}");
        var lines = region.Groups["code"].Value.TrimEnd('\n').Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }

    [GeneratedRegex(@"<!-- snippet: (?<source>\S+) (?<name>\S+) -->\n```csharp\n(?<code>.*?)```\n", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Quote();
}
