using System.Text;
using System.Text.RegularExpressions;

namespace ScmIntegrations.ConventionTests.Documentation;

/// <summary>The names under which a page's headings can be linked, as GitHub makes them.</summary>
internal static partial class Anchors
{
    public static IReadOnlySet<string> Of(MarkdownPage page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var heading in page.Prose.Select(line => Heading().Match(line.Text)).Where(match => match.Success))
        {
            var name = Name(heading.Groups["text"].Value);
            seen[name] = seen.TryGetValue(name, out var times) ? times + 1 : 0;
            anchors.Add(seen[name] == 0 ? name : $"{name}-{seen[name]}");
        }

        anchors.UnionWith(page.Prose.SelectMany(line => Named().Matches(line.Text)).Select(match => match.Groups["name"].Value));
        return anchors;
    }

    // What is neither a letter nor a digit goes; spaces become hyphens, one by one.
    private static string Name(string heading)
    {
        var name = new StringBuilder();
        foreach (var letter in LinkText().Replace(heading, "${text}").Trim())
        {
            if (letter is ' ' or '-')
            {
                name.Append('-');
            }
            else if (char.IsLetterOrDigit(letter) || letter is '_')
            {
                name.Append(char.ToLowerInvariant(letter));
            }
        }

        return name.ToString();
    }

    [GeneratedRegex(@"^#{1,6} +(?<text>.+?)( +#+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"!?\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkText();

    [GeneratedRegex(@"<a (id|name)=""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
