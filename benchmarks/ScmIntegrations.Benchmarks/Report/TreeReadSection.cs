namespace ScmIntegrations.Benchmarks.Report;

internal static class TreeReadSection
{
    private const int Large = 90_000;

    public static async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var run = BenchmarkRun.Of<TreeReadBenchmarks>();
        var measures = new List<Measure>();
        foreach (var entries in (int[])[1_000, 20_000, Large])
        {
            var (floor, records, ours) = (run.Of(nameof(TreeReadBenchmarks.BytesAlone), entries), run.Of(nameof(TreeReadBenchmarks.SystemTextJson), entries), run.Of(nameof(TreeReadBenchmarks.Client), entries));
            var isHeld = entries == Large;
            measures.Add(Compare(Figures.Text($"{entries:N0} entries: time, against System.Text.Json"), records.Nanoseconds, ours.Nanoseconds, Figures.Time, isHeld ? 0.4 : null));
            measures.Add(Compare(Figures.Text($"{entries:N0} entries: time, against reading the bytes alone"), floor.Nanoseconds, ours.Nanoseconds, Figures.Time, isHeld ? 2 : null));
            measures.Add(Compare(Figures.Text($"{entries:N0} entries: allocation, against System.Text.Json"), records.Bytes, ours.Bytes, Figures.Bytes, isHeld ? 0.15 : null));
        }

        var resident = await ResidentTree.MeasureAsync(Large).ConfigureAwait(false);
        measures.Add(new(
            Figures.Text($"{Large:N0} entries: kept in memory, beyond the bytes of the paths"),
            Figures.Text($"{resident.PathBytes:0.0} B of path an entry"),
            Figures.Text($"{resident.Bytes:0.0} B an entry"),
            Figures.Text($"+ {resident.Beyond:0.0} B"),
            "≤ 40 B",
            resident.Beyond <= 40));
        return measures;
    }

    private static Measure Compare(string what, double baseline, double ours, Func<double, string> print, double? most) =>
        new(what, print(baseline), print(ours), Figures.Text($"{ours / baseline:0.00}"), most is null ? "" : Figures.Text($"≤ {most:0.0#}"), most is null ? null : ours / baseline <= most);
}
