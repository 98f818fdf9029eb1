namespace ScmIntegrations.Simulations.Staggers;

/// <summary>What a simulation measured in its steady state.</summary>
public sealed class StaggerReport
{
    /// <param name="callsPerScan">The calls of every scan.</param>
    /// <param name="sampledAges">How many entries were found at the age, in hours, that is the place in the list.</param>
    internal StaggerReport(List<int> callsPerScan, int[] sampledAges)
    {
        callsPerScan.Sort();
        MeanPerHour = callsPerScan.Average();
        P99PerHour = callsPerScan[(int)Math.Floor(0.99 * callsPerScan.Count)];
        PeakPerHour = callsPerScan[^1];
        MedianAgeHours = Sorted(sampledAges).ElementAt(sampledAges.Sum() / 2);
        OldestAgeHours = Array.FindLastIndex(sampledAges, count => count > 0);
    }

    public double MeanPerHour { get; }

    public int P99PerHour { get; }

    public int PeakPerHour { get; }

    public int MedianAgeHours { get; }

    public int OldestAgeHours { get; }

    public double PeakToMean => PeakPerHour / MeanPerHour;

    public double CallsPerDay => MeanPerHour * 24;

    private static IEnumerable<int> Sorted(int[] counts) => counts.SelectMany((count, age) => Enumerable.Repeat(age, count));
}
