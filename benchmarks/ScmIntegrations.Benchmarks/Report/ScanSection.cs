namespace ScmIntegrations.Benchmarks.Report;

internal static class ScanSection
{
    private const int RepositoriesPerReader = 40;

    public static async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        await ScanRun.MeasureAsync(concurrency: 32, repositories: 96).ConfigureAwait(false);
        var single = await ScanRun.MeasureAsync(1, 2 * RepositoriesPerReader).ConfigureAwait(false);
        return
        [
            Row(8, single, await ScanRun.MeasureAsync(8, 8 * RepositoriesPerReader).ConfigureAwait(false), null),
            Row(32, single, await ScanRun.MeasureAsync(32, 32 * RepositoriesPerReader).ConfigureAwait(false), 28),
        ];
    }

    private static Measure Row(int concurrency, double single, double many, double? least) => new(
        Figures.Text($"trees a second, {concurrency} at a time, against one at a time"),
        Figures.Text($"{single:0.0}"),
        Figures.Text($"{many:0.0}"),
        Figures.Text($"{many / single:0.0}"),
        least is null ? "" : Figures.Text($"≥ {least:0}"),
        least is null ? null : many / single >= least);
}
