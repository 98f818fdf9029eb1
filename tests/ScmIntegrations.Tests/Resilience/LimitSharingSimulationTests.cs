using ScmIntegrations.Simulations;
using ScmIntegrations.Simulations.Limits;

namespace ScmIntegrations.Tests.Resilience;

/// <summary>What each way of sharing a limit does for interactive calls and to background work, over twenty seeds.</summary>
public sealed class LimitSharingSimulationTests
{
    private const int Seeds = 20;
    private const int Attainable = 11_340;

    [Fact]
    public void Without_a_rule_interactive_calls_starve_and_calls_are_wasted() => Check(SharingPolicy.None, report =>
    {
        report.Wasted.Should().BeInRange(555_000, 580_000);
        report.InteractiveSuccess.Should().BeInRange(0.32, 0.38);
        report.BackgroundDone.Should().Be(12_000);
        report.SecondsAtZero.Should().BeInRange(7_000, 7_150);
    });

    [Fact]
    public void A_local_cool_down_only_stops_the_waste() => Check(SharingPolicy.LocalCoolDown, report =>
    {
        report.Wasted.Should().Be(16, "each instance has one call rejected in each of two windows");
        report.InteractiveSuccess.Should().BeInRange(0.32, 0.38);
        report.BackgroundDone.Should().Be(12_000);
    });

    [Fact]
    public void A_shared_cool_down_only_stops_the_waste_too() => Check(SharingPolicy.SharedCoolDown, report =>
    {
        report.Wasted.Should().BeInRange(105, 150);
        report.InteractiveSuccess.Should().BeInRange(0.32, 0.38);
        report.BackgroundDone.Should().Be(12_000);
    });

    [Fact]
    public void A_flat_floor_lasts_until_it_is_used_up() => Check(SharingPolicy.FlatFloor, report =>
    {
        report.Wasted.Should().BeInRange(0, 4);
        report.InteractiveSuccess.Should().BeInRange(0.55, 0.65);
        report.BackgroundDone.Should().Be(12_000);
    });

    [Fact]
    public void A_floor_for_the_time_left_lasts_to_the_reset() => Check(SharingPolicy.AdaptiveFloor, report =>
    {
        report.Wasted.Should().BeLessThanOrEqualTo(1);
        report.InteractiveSuccess.Should().BeGreaterThanOrEqualTo(0.999);
        report.BackgroundDone.Should().BeInRange(11_100, 11_300);
        report.SecondsAtZero.Should().BeLessThanOrEqualTo(14);
    });

    [Fact]
    public void A_paced_bucket_protects_as_well_and_gives_up_more() => Check(SharingPolicy.PacedBucket, report =>
    {
        report.Wasted.Should().Be(0);
        report.InteractiveSuccess.Should().Be(1);
        report.BackgroundDone.Should().BeInRange(10_280, 10_470);
    });

    [Fact]
    public void Our_floor_learns_what_interactive_calls_need()
    {
        var success = 0.0;
        Check(SharingPolicy.OursInOnePlace, report =>
        {
            report.Wasted.Should().BeLessThanOrEqualTo(3);
            report.InteractiveSuccess.Should().BeGreaterThanOrEqualTo(0.97, "the first window begins before anything is learnt");
            ((double)report.BackgroundDone).Should().BeGreaterThanOrEqualTo(0.97 * Attainable);
            success += report.InteractiveSuccess / Seeds;
        });
        success.Should().BeGreaterThanOrEqualTo(0.99);
    }

    [Fact]
    public void Our_floor_holds_in_instances_that_know_nothing_of_each_other() => Check(SharingPolicy.Ours, report =>
    {
        report.Wasted.Should().BeLessThanOrEqualTo(10);
        report.InteractiveSuccess.Should().BeGreaterThanOrEqualTo(0.99);
        ((double)report.BackgroundDone).Should().BeGreaterThanOrEqualTo(0.97 * Attainable);
    });

    [Fact]
    public void The_tables_are_the_same_every_time()
    {
        var (first, second) = (new StringWriter(), new StringWriter());
        SimulationTables.Write(first);
        SimulationTables.Write(second);

        second.ToString().Should().Be(first.ToString()).And.Contain("**ours**").And.Contain("PhaseSlotStagger");
    }

    private static void Check(SharingPolicy policy, Action<LimitSharingReport> check)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            check(LimitSharingSimulation.Run(policy, seed));
        }
    }
}
