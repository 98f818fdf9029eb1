namespace ScmIntegrations.Benchmarks.Report;

/// <summary>A part of the report: its title, and what measures it.</summary>
internal sealed record Section(string Title, Func<Task<IReadOnlyList<Measure>>> MeasureAsync)
{
    public static IReadOnlyList<Section> All { get; } =
    [
        new("Reading a tree from the wire (gzip, loopback)", TreeReadSection.MeasureAsync),
        new("A cached tree", CacheHitSection.MeasureAsync),
        new("The whole line around one small call", SmallGetSection.MeasureAsync),
        new("A thousand callers, one cold key", SingleFlightSection.MeasureAsync),
        new("Scanning, 50 ms to every tree", ScanSection.MeasureAsync),
        new("Staggered lifetimes (simulated)", StaggerSection.MeasureAsync),
        new("Sharing a limit (simulated)", LimitSharingSection.MeasureAsync),
        new("When GitHub is in trouble (simulated)", OutageSection.MeasureAsync),
    ];
}
