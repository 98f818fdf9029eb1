using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace ScmIntegrations.Quickstart.Tests.Picture;

/// <summary>Draws what a terminal shows as an SVG: one text a line, so that it can be read, searched and read aloud.</summary>
internal static partial class TerminalPicture
{
    private const int Columns = 118;
    private const int Border = 16;
    private const double CellWidth = 7.8;
    private const int LineHeight = 17;
    private const int TitleBar = 34;

    public static string Draw(string title, string description, string command, string output)
    {
        var lines = output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').SelectMany(Wrap).Prepend($"$ {command}").ToArray();
        var (width, height) = ((int)(Columns * CellWidth) + (2 * Border), TitleBar + (lines.Length * LineHeight) + Border);
        var picture = new StringBuilder();
        picture.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title description">
            <title id="title">{SecurityElement.Escape(title)}</title>
            <desc id="description">{SecurityElement.Escape(description)}</desc>
            <style>
            text {"{"} font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; fill: #d6dce5; white-space: pre; {"}"}
            .line {"{"} fill: #5b6675; {"}"} .good {"{"} fill: #7bd88f; {"}"} .halt {"{"} fill: #f2c55c; {"}"} .bad {"{"} fill: #ff7b72; {"}"} .calm {"{"} fill: #79b8ff; {"}"} .strong {"{"} font-weight: 700; {"}"}
            </style>
            <rect width="{width}" height="{height}" rx="8" fill="#12161d"/>
            <circle cx="22" cy="18" r="6" fill="#ff5f57"/><circle cx="42" cy="18" r="6" fill="#febc2e"/><circle cx="62" cy="18" r="6" fill="#28c840"/>

            """);
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index].Length > 0)
            {
                // The width is given, so that columns stand below each other in any font.
                picture.Append(CultureInfo.InvariantCulture, $"""<text x="{Border}" y="{TitleBar + ((index + 1) * LineHeight)}" textLength="{lines[index].Length * CellWidth:0.#}" xml:space="preserve">{Coloured(lines[index])}</text>""").Append('\n');
            }
        }

        return picture.Append("</svg>\n").ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Breaks a line between words, as wide as the picture; what follows stands below the first word.</summary>
    private static IEnumerable<string> Wrap(string line)
    {
        var indent = line.StartsWith('•') ? "  " : "";
        while (line.Length > Columns)
        {
            var space = line.LastIndexOf(' ', Columns);
            var end = space > indent.Length ? space : Columns;
            yield return line[..end];
            line = indent + line[end..].TrimStart();
        }

        yield return line;
    }

    private static string Coloured(string line)
    {
        var spans = new StringBuilder();
        var end = 0;
        foreach (Match match in Words().Matches(line))
        {
            var colour = match.Groups.Values.Skip(1).First(group => group.Success).Name;
            spans.Append(SecurityElement.Escape(line[end..match.Index])).Append(CultureInfo.InvariantCulture, $"""<tspan class="{colour}">{SecurityElement.Escape(match.Value)}</tspan>""");
            end = match.Index + match.Length;
        }

        return spans.Append(SecurityElement.Escape(line[end..])).ToString();
    }

    [GeneratedRegex(@"(?<strong>^\$ .*|^Pass \d|^A tour of ScmIntegrations)|(?<line>[╭╮╰╯├┤┬┴┼─│]+)|(?<good>(?<=│ )(success|fetched)(?= ))|(?<halt>(?<=│ )(halted: \w+|empty|skipped|no call: \w+)|halted, as expected)|(?<bad>(?<=│ )(failure: \w+|unavailable)|(?<=^• \S+ )failed)|(?<calm>(?<=│ )(cached|no call)(?= ))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
