namespace ScmIntegrations.Benchmarks.Report;

internal static class CacheHitSection
{
    public static Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var run = BenchmarkRun.Of<CachedTreeBenchmarks>();
        var raw = run.Of(nameof(CachedTreeBenchmarks.MemoryCacheRead));
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            .. Over.Of("warm hit, ref given, against raw `IMemoryCache`", raw, run.Of(nameof(CachedTreeBenchmarks.GetCachedTree)), 1_000, 200),
            .. Over.Of("warm hit, default branch, against raw `IMemoryCache`", raw, run.Of(nameof(CachedTreeBenchmarks.GetCachedTreeOfDefaultBranch)), 1_000, 200),
        ]);
    }
}
