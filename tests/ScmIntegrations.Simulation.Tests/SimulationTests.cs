using System.Globalization;
using ScmIntegrations.Simulation.Tests.Invariants;
using ScmIntegrations.Simulation.Tests.Running;

namespace ScmIntegrations.Simulation.Tests;

/// <summary>
/// The whole client against a GitHub that misbehaves, on virtual time, many times over. <c>SIMULATION_SEEDS</c> says how
/// many, <c>SIMULATION_FIRST_SEED</c> from which on; <c>SIMULATION_SEED</c> runs one alone, a few times, and tells its course.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int UsualSeeds = 2000;

    // What is drawn is the same each time; which thread comes first is not. So one alone is run as often as it takes to see most orders.
    private const int RepeatsOfOne = 50;

    // From here on everything that can happen has happened; fewer seeds prove less.
    private const int EnoughForAll = 1000;

    [Fact]
    public async Task No_seed_breaks_an_invariant()
    {
        var alone = Number("SIMULATION_SEED");
        var first = Number("SIMULATION_FIRST_SEED") ?? 1;
        var count = alone is null ? (int)(Number("SIMULATION_SEEDS") ?? UsualSeeds) : RepeatsOfOne;
        var broken = new List<string>();
        var coverage = new Coverage();
        var inexact = 0;
        RunRecord? shown = null;
        var started = TimeProvider.System.GetTimestamp();

        // On the pool, where the look for an idle pool knows its own place.
        await Task.Run(() => SimulationDriver.RunAsync(
            Enumerable.Range(0, count).Select(offset => alone ?? first + offset),
            run =>
            {
                coverage.Add(run);
                inexact += run.IsExact ? 0 : 1;
                var violations = Invariant.Broken(run).ToList();
                shown ??= run;
                if (violations.Count > 0)
                {
                    shown = broken.Count == 0 ? run : shown;
                    broken.Add(Tell(run, violations));
                }
            }), TestContext.Current.CancellationToken);

        if (alone is not null && shown is not null)
        {
            output.WriteLine(string.Join(Environment.NewLine, shown.Trace()));
        }

        output.WriteLine($"{count} seeds in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s, {inexact} with a clock moved by guess.");
        output.WriteLine($"{coverage}");
        broken.Take(5).Should().BeEmpty($"{broken.Count} of {count} runs break an invariant");
        if (alone is null && count >= EnoughForAll)
        {
            coverage.Missing().Should().BeEmpty("a simulation in which these do not happen says nothing about them");
        }
    }

    private static string Tell(RunRecord run, IReadOnlyCollection<string> violations) =>
        $"""

        Seed {run.Scenario.Draws.Seed} breaks {string.Join($"{Environment.NewLine}  and ", violations.Take(5))}
        To repeat it: SIMULATION_SEED={run.Scenario.Draws.Seed} dotnet test tests/ScmIntegrations.Simulation.Tests

        """;

    private static long? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
