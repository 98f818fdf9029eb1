namespace ScmIntegrations.Benchmarks.Report;

internal static class SmallGetSection
{
    public static Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var run = BenchmarkRun.Of<SmallGetBenchmarks>();
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            .. Over.Of("one small GET, against bare `HttpClient`", run.Of(nameof(SmallGetBenchmarks.BareHttpClient)), run.Of(nameof(SmallGetBenchmarks.GetRepository)), 5_000, 2_048),
        ]);
    }
}
