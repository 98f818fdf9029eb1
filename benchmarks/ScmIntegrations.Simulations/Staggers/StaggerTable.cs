using System.Globalization;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Simulations.Staggers;

/// <summary>The staggers side by side, as a Markdown table.</summary>
public static class StaggerTable
{
    private const int Seed = 1;

    public static void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine("| Stagger | mean/h | p99 h | peak h | peak/mean | age p50 / max h |");
        output.WriteLine("|---|---|---|---|---|---|");
        WriteRow(output, "fixed, 24 h", new FixedPolicy());
        WriteRow(output, "`IndexBucketStagger`: 24 h + (index % 24) h", new IndexBucketStagger());
        WriteRow(output, "24 h + 0 to 24 h by a hash of the key", new HashFixedPolicy());
        WriteRow(output, "`RandomPerWriteStagger`: 24 h + 0 to 24 h, drawn per write", new RandomPerWriteStagger(new Random(Seed)));
        WriteRow(output, "24 h ± 10 %, drawn per write", new PlusMinus10Policy(new Random(Seed)));
        WriteRow(output, "`PhaseSlotStagger`: at the key's time of day (the default)", new PhaseSlotStagger());
        output.WriteLine();
        output.WriteLine("Measured from day 7 on. Ages are sampled every six hours, which hides the last hours of a cycle of 24: there, 18 stands for less than 24.");
        output.WriteLine();
        var (without, with) = (StaggerSimulation.Run(new IndexBucketStagger(), EmptyRepositories.Contains), StaggerSimulation.Run(new IndexBucketStagger()));
        output.WriteLine(Text($"{EmptyRepositories.Count} of the 5,000 repositories empty, `IndexBucketStagger`: {without.CallsPerDay:N0} calls a day when that is not remembered, {with.CallsPerDay:N0} when it is ({without.CallsPerDay / with.CallsPerDay:0.0} times)."));
    }

    private static void WriteRow(TextWriter output, string name, ITtlStagger stagger)
    {
        var report = StaggerSimulation.Run(stagger);
        output.WriteLine(Text($"| {name} | {Math.Round(report.MeanPerHour, MidpointRounding.AwayFromZero):0} | {report.P99PerHour} | {report.PeakPerHour} | {report.PeakToMean:0.00} | {report.MedianAgeHours} / {report.OldestAgeHours} |"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
