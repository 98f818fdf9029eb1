using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Every project and script that a page tells its reader to run is there.</summary>
internal static partial class CommandCheck
{
    public static IEnumerable<string> Problems(MarkdownPage page, SourceFiles files)
    {
        var lines = page.Text.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            foreach (var path in Run().Matches(lines[index]).Select(match => match.Groups["path"].Value.TrimEnd('/')).Where(path => !files.Exists(path)))
            {
                yield return $"{page.Path}:{index + 1}: there is nothing to run at {path}";
            }
        }
    }

    [GeneratedRegex(@"(--project|dotnet (test|build|pack)) (?<path>[\w.][\w./-]*\w)(?![\w*])|(?<=^|[\s`(])(?<path>(scripts|\.ci)/[\w./-]*\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Run();
}
