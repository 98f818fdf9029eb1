using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Every block of C# on a page is quoted, word for word, from a region of a file that compiles.</summary>
internal static partial class QuoteCheck
{
    private static readonly string[] CSharp = ["csharp", "cs", "c#"];

    public static IEnumerable<string> Problems(MarkdownPage page, SourceFiles files)
    {
        foreach (var block in page.Blocks.Where(block => CSharp.Contains(block.Language, StringComparer.OrdinalIgnoreCase)))
        {
            if (Problem(block, files) is { } problem)
            {
                yield return $"{page.Path}:{block.Line}: {problem}";
            }
        }

        // A comment that no block follows quotes nothing.
        foreach (var comment in page.Prose.Where(line => Comment().IsMatch(line.Text) && !page.Blocks.Any(block => block.Line == line.Line + 1)))
        {
            yield return $"{page.Path}:{comment.Line}: no block of C# stands below this quotation";
        }
    }

    /// <summary>The page with every block that has a source taken from it anew.</summary>
    public static string Refresh(MarkdownPage page, SourceFiles files) => Quote().Replace(page.Text, quote =>
        files.Exists(quote.Groups["source"].Value) && Region(files.Read(quote.Groups["source"].Value), quote.Groups["name"].Value) is { } code
            ? $"{quote.Groups["head"].Value}{code}```\n"
            : quote.Value);

    private static string? Problem(CodeBlock block, SourceFiles files)
    {
        if (Comment().Match(block.LineBefore) is not { Success: true } comment)
        {
            return "this C# is not quoted: put it into a file that compiles, between // snippet:NAME and // end-snippet, and <!-- snippet: FILE NAME --> above the block";
        }

        var (source, name) = (comment.Groups["source"].Value, comment.Groups["name"].Value);
        return !files.Exists(source) ? $"there is no file {source}"
            : Region(files.Read(source), name) is not { } code ? $"{source} has no snippet {name}, or has it twice"
            : !string.Equals(code, block.Code, StringComparison.Ordinal) ? $"differs from the snippet {name} of {source}, which is:\n{code}"
            : null;
    }

    /// <summary>A region without its indentation.</summary>
    private static string? Region(string source, string name)
    {
        var regions = Regex.Matches(
            source.ReplaceLineEndings("\n"),
            $@"^ *// snippet:{Regex.Escape(name)}\n(?<code>.*?)^ *// end-snippet$",
            RegexOptions.Singleline | RegexOptions.Multiline,
            TimeSpan.FromSeconds(5));
        if (regions.Count != 1)
        {
            return null;
        }

        var lines = regions[0].Groups["code"].Value.TrimEnd('\n').Split('\n');
        var indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }

    [GeneratedRegex(@"(?<head><!-- snippet: (?<source>\S+) (?<name>\S+) -->\n```csharp\n).*?^```\n", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Quote();

    [GeneratedRegex(@"^<!-- snippet: (?<source>\S+) (?<name>\S+) -->$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
