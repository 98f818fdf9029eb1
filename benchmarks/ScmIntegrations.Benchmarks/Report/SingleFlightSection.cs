namespace ScmIntegrations.Benchmarks.Report;

internal static class SingleFlightSection
{
    public static async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var run = BenchmarkRun.Of<SingleFlightBenchmarks>();
        var (lazy, ours) = (run.Of(nameof(SingleFlightBenchmarks.LazyTasks)), run.Of(nameof(SingleFlightBenchmarks.SingleFlight)));
        var once = new SingleFlightBenchmarks();
        await once.SingleFlight().ConfigureAwait(false);
        return
        [
            new("runs that a thousand callers set off", "1", Figures.Text($"{once.Runs}"), Figures.Text($"{once.Runs}"), "1", once.Runs == 1),
            new("time of a thousand callers, against lazy tasks without a lock", Figures.Time(lazy.Nanoseconds), Figures.Time(ours.Nanoseconds), Figures.Text($"{ours.Nanoseconds / lazy.Nanoseconds:0.0}")),
            new("the same, for each caller", Figures.Time(lazy.Nanoseconds / 1_000), Figures.Time(ours.Nanoseconds / 1_000), "+ " + Figures.Time((ours.Nanoseconds - lazy.Nanoseconds) / 1_000)),
        ];
    }
}
