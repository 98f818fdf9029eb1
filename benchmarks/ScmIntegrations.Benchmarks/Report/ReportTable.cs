using System.Text;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>All that was measured, as one Markdown table.</summary>
internal static class ReportTable
{
    public static string Write(IEnumerable<(string Title, IReadOnlyList<Measure> Measures)> sections, string machine)
    {
        var text = new StringBuilder();
        text.Append(machine).Append("\n\n| Measure | baseline | ours | ratio | target | met |\n|---|---|---|---|---|---|\n");
        foreach (var (title, measures) in sections)
        {
            text.Append("| **").Append(title).Append("** | | | | | |\n");
            foreach (var one in measures)
            {
                text.Append("| ").AppendJoin(" | ", one.What, one.Baseline, one.Ours, one.Ratio, one.Target, one.IsMet switch { true => "yes", false => "**no**", null => "" }).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
