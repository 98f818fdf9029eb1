using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>A page, cut into its code blocks and everything else.</summary>
internal sealed partial class MarkdownPage
{
    public MarkdownPage(string path, string text)
    {
        (Path, Text) = (path, text);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var (blocks, prose) = (new List<CodeBlock>(), new List<PageLine>());
        for (var index = 0; index < lines.Length; index++)
        {
            if (Fence().Match(lines[index]) is not { Success: true } fence)
            {
                prose.Add(new(index + 1, lines[index]));
                continue;
            }

            var code = lines.Skip(index + 1).TakeWhile(line => !line.TrimStart().StartsWith(fence.Groups["fence"].Value, StringComparison.Ordinal)).ToArray();
            blocks.Add(new(index + 1, fence.Groups["language"].Value, string.Concat(code.Select(line => line + "\n")), index > 0 ? lines[index - 1] : ""));
            index += code.Length + 1;
        }

        (Blocks, Prose) = (blocks, prose);
    }

    /// <summary>From the top of the checkout, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The lines outside of code blocks.</summary>
    public IReadOnlyList<PageLine> Prose { get; }

    [GeneratedRegex(@"^ *(?<fence>`{3,}|~{3,}) *(?<language>[^\s`]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();
}

/// <summary>A fenced block.</summary>
/// <param name="Line">Where its fence stands, from 1.</param>
/// <param name="Language">What stands behind the fence; may be empty.</param>
/// <param name="Code">What is inside, each line with its end.</param>
/// <param name="LineBefore">The line above the fence.</param>
internal sealed record CodeBlock(int Line, string Language, string Code, string LineBefore);

/// <summary>A line of a page.</summary>
internal sealed record PageLine(int Line, string Text);
