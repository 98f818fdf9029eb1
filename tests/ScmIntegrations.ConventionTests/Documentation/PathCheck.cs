using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>
/// A file or folder that a page names is there: from the top of the checkout (<c>tests/…</c>), or a room and what is in it
/// (<c>GitHub/Trees</c>, <c>Resilience/CallPipeline</c>). What begins with no folder of these is taken for something else.
/// </summary>
internal static partial class PathCheck
{
    private static readonly string[] Roots = ["", "src/ScmIntegrations/", "src/ScmIntegrations/CodingAgents/", "src/ScmIntegrations.AspNetCore/", "src/ScmIntegrations.Octokit/", "src/ScmIntegrations.Testing/"];

    public static IEnumerable<string> Problems(MarkdownPage page, SourceFiles files)
    {
        var lines = page.Text.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            foreach (var path in Named().Matches(lines[index]).Select(match => match.Groups["path"].Value).Where(path => !IsThere(path, files)))
            {
                yield return $"{page.Path}:{index + 1}: there is no {path}";
            }
        }
    }

    private static bool IsThere(string path, SourceFiles files)
    {
        var roots = Roots.Where(root => files.Exists(root + path.Split('/')[0])).ToArray();
        return roots.Length == 0 || Array.Exists(roots, root => files.Exists(root + path) || files.Exists($"{root}{path}.cs"));
    }

    // In code, and in the drawings, where nothing stands around it.
    [GeneratedRegex(@"(?<=[`\s])(?<path>\.?[A-Za-z][\w.-]*(/[\w.-]*\w)+)/?(?=[`\s,]|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
