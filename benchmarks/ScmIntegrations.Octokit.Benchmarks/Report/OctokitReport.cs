using ScmIntegrations.Benchmarks.Report;

namespace ScmIntegrations.Octokit.Benchmarks.Report;

/// <summary>Measures in this process, and prints one Markdown table.</summary>
internal static class OctokitReport
{
    private const string PageMark = "octokit report";

    private static readonly int[] Sizes = [1_000, 20_000, 90_000];

    /// <param name="page">A page to write the table into; <see langword="null"/> to print it alone.</param>
    public static async Task RunAsync(string? page)
    {
        var report = SideBySideTable.Write([.. Trees(), .. SmallGets()], Machine.Describe());
        await Console.Out.WriteAsync(report).ConfigureAwait(false);
        if (page is not null)
        {
            await MarkedPage.UpdateAsync(page, report, PageMark).ConfigureAwait(false);
        }
    }

    private static IEnumerable<SideBySide> Trees()
    {
        var run = BenchmarkRun.Of<OctokitTreeBenchmarks>();
        foreach (var entries in Sizes)
        {
            var plain = run.Of(nameof(OctokitTreeBenchmarks.Plain), entries);
            var adapter = run.Of(nameof(OctokitTreeBenchmarks.Adapter), entries);
            var client = run.Of(nameof(OctokitTreeBenchmarks.Client), entries);
            yield return new(Figures.Text($"a tree of {entries:N0} entries: time"), plain.Nanoseconds, adapter.Nanoseconds, client.Nanoseconds, Figures.Time);
            yield return new(Figures.Text($"a tree of {entries:N0} entries: allocation"), plain.Bytes, adapter.Bytes, client.Bytes, Figures.Bytes);
        }
    }

    private static IEnumerable<SideBySide> SmallGets()
    {
        var run = BenchmarkRun.Of<OctokitGetBenchmarks>();
        var plain = run.Of(nameof(OctokitGetBenchmarks.Plain));
        var injected = run.Of(nameof(OctokitGetBenchmarks.Injected));
        var adapter = run.Of(nameof(OctokitGetBenchmarks.Adapter));
        var client = run.Of(nameof(OctokitGetBenchmarks.Client));
        yield return new("one small GET: time", plain.Nanoseconds, adapter.Nanoseconds, client.Nanoseconds, Figures.Time);
        yield return new("one small GET: allocation", plain.Bytes, adapter.Bytes, client.Bytes, Figures.Bytes);
        yield return new("the same outside of `RunAsync`: time", plain.Nanoseconds, injected.Nanoseconds, null, Figures.Time);
        yield return new("the same outside of `RunAsync`: allocation", plain.Bytes, injected.Bytes, null, Figures.Bytes);
    }
}
