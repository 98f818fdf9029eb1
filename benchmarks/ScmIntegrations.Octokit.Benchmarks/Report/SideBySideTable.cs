using System.Text;
using ScmIntegrations.Benchmarks.Report;

namespace ScmIntegrations.Octokit.Benchmarks.Report;

/// <summary>All that was measured, as one Markdown table. Ratios are over Octokit by itself.</summary>
internal static class SideBySideTable
{
    public static string Write(IEnumerable<SideBySide> lines, string machine)
    {
        var text = new StringBuilder();
        text.Append(machine).Append("\n\n| Measure | Octokit by itself | Octokit here | ratio | our client | ratio |\n|---|---|---|---|---|---|\n");
        foreach (var line in lines)
        {
            text.Append("| ").AppendJoin(
                " | ",
                line.What,
                line.Print(line.Plain),
                line.Print(line.Adapter),
                Ratio(line.Adapter, line.Plain),
                line.Client is { } client ? line.Print(client) : "",
                line.Client is { } own ? Ratio(own, line.Plain) : "").Append(" |\n");
        }

        return text.ToString();
    }

    private static string Ratio(double ours, double plain) => Figures.Text($"{ours / plain:0.00}");
}
