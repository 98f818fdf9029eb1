using ScmIntegrations.Simulations.Limits;

namespace ScmIntegrations.Benchmarks.Report;

internal static class LimitSharingSection
{
    private const int Seed = 1;

    public static Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var (none, flat) = (LimitSharingSimulation.Run(SharingPolicy.None, Seed), LimitSharingSimulation.Run(SharingPolicy.FlatFloor, Seed));
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            .. Compare("one client for all", none, flat, LimitSharingSimulation.Run(SharingPolicy.OursInOnePlace, Seed)),
            .. Compare("a client in each of eight instances", none, flat, LimitSharingSimulation.Run(SharingPolicy.Ours, Seed)),
        ]);
    }

    private static IEnumerable<Measure> Compare(string where, LimitSharingReport none, LimitSharingReport flat, LimitSharingReport ours)
    {
        yield return new($"interactive calls served, {where}, against no sharing", Figures.Percent(none.InteractiveSuccess), Figures.Percent(ours.InteractiveSuccess), "");
        yield return new($"background calls done, {where}, against a flat floor of 10 %", Figures.Text($"{flat.BackgroundDone:N0}"), Figures.Text($"{ours.BackgroundDone:N0}"), Figures.Text($"{(double)ours.BackgroundDone / flat.BackgroundDone:0.00}"));
        yield return new($"calls wasted on a limit that holds, {where}, against no sharing", Figures.Text($"{none.Wasted:N0}"), Figures.Text($"{ours.Wasted:N0}"), "");
    }
}
