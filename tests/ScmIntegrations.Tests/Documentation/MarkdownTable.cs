using System.Text;

namespace ScmIntegrations.Tests.Documentation;

/// <summary>A table of a page.</summary>
internal static class MarkdownTable
{
    public static StringBuilder AppendTable(this StringBuilder page, string[] heads, IEnumerable<string[]> rows)
    {
        Append(page, heads);
        Append(page, [.. heads.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Append(page, row);
        }

        return page;
    }

    private static void Append(StringBuilder page, string[] cells) =>
        page.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
