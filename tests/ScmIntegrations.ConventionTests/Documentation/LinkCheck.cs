using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>Every relative link and picture of a page leads to a file of the checkout, and its anchor to a heading there.</summary>
internal static partial class LinkCheck
{
    public static IEnumerable<string> Problems(MarkdownPage page, SourceFiles files)
    {
        foreach (var (line, target) in Links(page))
        {
            if (Problem(page, target, files) is { } problem)
            {
                yield return $"{page.Path}:{line}: {problem}";
            }
        }
    }

    /// <summary>The files that a page links to, by their path from the top of the checkout.</summary>
    public static IEnumerable<string> Targets(MarkdownPage page) =>
        Links(page).Select(link => Resolve(page.Path, link.Target.Split('#')[0])).OfType<string>();

    private static string? Problem(MarkdownPage page, string target, SourceFiles files)
    {
        var (file, anchor) = target.Split('#', 2) is [var path, var name] ? (path, name) : (target, null);
        var resolved = file.Length == 0 ? page.Path : Resolve(page.Path, file);
        if (resolved is null || (file.Length > 0 && !files.Exists(resolved)))
        {
            return $"the link to {target} leads nowhere";
        }

        if (anchor is null || !resolved.EndsWith(".md", StringComparison.Ordinal))
        {
            return null;
        }

        var there = file.Length == 0 ? page : new MarkdownPage(resolved, files.Read(resolved));
        return Anchors.Of(there).Contains(anchor) ? null : $"{resolved} has no heading #{anchor}";
    }

    private static IEnumerable<(int Line, string Target)> Links(MarkdownPage page) =>
        from line in page.Prose
        let text = InlineCode().Replace(line.Text, "")
        from match in Link().Matches(text)
        let target = match.Groups["target"].Value
        where !Scheme().IsMatch(target)
        select (line.Line, Uri.UnescapeDataString(target));

    /// <summary>A target as a path from the top of the checkout; nothing when it lies outside.</summary>
    private static string? Resolve(string page, string target)
    {
        var parts = new List<string>(target.StartsWith('/') ? [] : page.Split('/')[..^1]);
        foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ".." && parts.Count == 0)
            {
                return null;
            }

            if (part is "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    // [text](target "title"), [name]: target, and what HTML has for both.
    [GeneratedRegex(@"\]\(<?(?<target>[^)\s>]+)>?(\s+""[^""]*"")?\)|^ *\[[^\]]+\]: +(?<target>\S+)|<(a|img)\b[^>]*\b(href|src)=""(?<target>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`[^`]*`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9+.-]*:|//)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();
}
