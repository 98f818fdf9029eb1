namespace ScmIntegrations.Benchmarks.Report;

/// <summary>What something costs above something else, in time and in memory.</summary>
internal static class Over
{
    public static IEnumerable<Measure> Of(string what, (double Nanoseconds, double Bytes) baseline, (double Nanoseconds, double Bytes) ours, double mostNanoseconds, double mostBytes)
    {
        yield return Line(what + ": time", baseline.Nanoseconds, ours.Nanoseconds, mostNanoseconds, Figures.Time);
        yield return Line(what + ": allocation", baseline.Bytes, ours.Bytes, mostBytes, Figures.Bytes);
    }

    private static Measure Line(string what, double baseline, double ours, double most, Func<double, string> print) =>
        new(what, print(baseline), print(ours), "+ " + print(ours - baseline), "≤ + " + print(most), ours - baseline <= most);
}
