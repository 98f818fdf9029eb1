using ScmIntegrations.Caching;
using ScmIntegrations.Simulations.Staggers;

namespace ScmIntegrations.Benchmarks.Report;

internal static class StaggerSection
{
    private const double Most = 1.2;

    public static Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var (together, ours) = (StaggerSimulation.Run(new FixedPolicy()), StaggerSimulation.Run(new PhaseSlotStagger()));
        return Task.FromResult<IReadOnlyList<Measure>>(
        [
            new(
                "peak to mean of hourly calls, 5,000 repositories, against 24 h for all",
                Figures.Text($"{together.PeakToMean:0.00}"),
                Figures.Text($"{ours.PeakToMean:0.00}"),
                Figures.Text($"{ours.PeakToMean / together.PeakToMean:0.00}"),
                "ours ≤ 1.2",
                ours.PeakToMean <= Most),
        ]);
    }
}
