using ScmIntegrations.Caching;
using ScmIntegrations.Simulations.Staggers;

namespace ScmIntegrations.Tests.Caching;

public sealed class StaggerSimulationTests
{
    // The sampling grid of 6 h hides the last hours of a 24 h cycle: 18 stands for "less than 24".
    [Fact]
    public void Fixed_lifetimes_expire_all_together() =>
        Row(StaggerSimulation.Run(new FixedPolicy()), 1).Should().Be((208.3, 5_000, 5_000, 24.0, 12, 18));

    [Fact]
    public void Index_buckets_meet_again() =>
        Row(StaggerSimulation.Run(new IndexBucketStagger()), 1).Should().Be((146.5, 834, 1_251, 8.5, 16, 46));

    [Fact]
    public void Lifetimes_fixed_by_a_hash_meet_again() =>
        Row(StaggerSimulation.Run(new HashFixedPolicy()), 1).Should().Be((142.3, 835, 1_244, 8.7, 16, 46));

    [Fact]
    public void Phase_slots_stay_apart() =>
        Row(StaggerSimulation.Run(new PhaseSlotStagger()), 2).Should().Be((208.3, 236, 236, 1.13, 12, 23));

    [Fact]
    public void Lifetimes_drawn_per_write_stay_apart()
    {
        var reports = TenSeeds(random => new RandomPerWriteStagger(random));
        reports.Average(report => report.PeakPerHour).Should().BeInRange(170, 188);
        reports.Average(report => report.PeakToMean).Should().BeInRange(1.24, 1.37);
        reports.Should().OnlyContain(report => report.PeakPerHour >= 165 && report.PeakPerHour <= 195);
        reports.Should().OnlyContain(report => Math.Round(report.MeanPerHour) == 137);
        reports.Should().OnlyContain(report => report.MedianAgeHours == 18 && report.OldestAgeHours == 47);
    }

    [Fact]
    public void Ten_percent_of_jitter_is_too_little()
    {
        var reports = TenSeeds(random => new PlusMinus10Policy(random));
        reports.Should().OnlyContain(report => report.PeakPerHour >= 499 && report.PeakPerHour <= 557);
        reports.Should().OnlyContain(report => report.PeakToMean >= 2.44 && report.PeakToMean <= 2.72);
        reports.Should().OnlyContain(report => Math.Round(report.MeanPerHour) == 205);
        reports.Should().OnlyContain(report => report.MedianAgeHours == 12 && report.OldestAgeHours == 26);
    }

    [Fact]
    public void Caching_that_a_repository_is_empty_saves_four_calls_of_five()
    {
        var without = StaggerSimulation.Run(new IndexBucketStagger(), EmptyRepositories.Contains);
        var with = StaggerSimulation.Run(new IndexBucketStagger());
        EmptyRepositories.Count.Should().Be(529);
        Math.Round(without.CallsPerDay).Should().Be(15_840);
        Math.Round(with.CallsPerDay).Should().Be(3_516);
    }

    // The random rows depend on the generator, so what they show holds for any seed, within a little.
    private static StaggerReport[] TenSeeds(Func<Random, ITtlStagger> policy) =>
        [.. Enumerable.Range(1, 10).Select(seed => StaggerSimulation.Run(policy(new Random(seed))))];

    private static (double Mean, int P99, int Peak, double PeakToMean, int MedianAge, int OldestAge) Row(StaggerReport report, int decimals) => (
        Math.Round(report.MeanPerHour, 1, MidpointRounding.AwayFromZero),
        report.P99PerHour,
        report.PeakPerHour,
        Math.Round(report.PeakToMean, decimals, MidpointRounding.AwayFromZero),
        report.MedianAgeHours,
        report.OldestAgeHours);
}
