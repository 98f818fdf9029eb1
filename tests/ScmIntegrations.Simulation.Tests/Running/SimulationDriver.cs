using System.Collections.Concurrent;
using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>
/// Runs many seeds in step: all run until none can, then every clock moves to its own next timer. So one look at the pool
/// serves all, and the cores are busy.
/// </summary>
internal static class SimulationDriver
{
    private const int AtOnce = 48;

    public static async Task RunAsync(IEnumerable<long> seeds, Action<RunRecord> whenOver)
    {
        var running = new List<SimulationRun>();
        using var coming = seeds.GetEnumerator();
        while (true)
        {
            await FillAsync(running, coming);
            if (running.Count == 0)
            {
                return;
            }

            if (!await Quiescence.WaitAsync())
            {
                running.ForEach(run => run.IsExact = false);
            }

            // Off this thread, so that the callbacks of all clocks share the cores.
            await Parallel.ForEachAsync(running, (run, _) =>
            {
                run.Step();
                return ValueTask.CompletedTask;
            });
            foreach (var over in running.Where(run => run.Record is not null).ToList())
            {
                running.Remove(over);
                await over.DisposeAsync();
                whenOver(over.Record!);
            }
        }
    }

    private static async Task FillAsync(List<SimulationRun> running, IEnumerator<long> coming)
    {
        var scenarios = new List<Scenario>();
        while (running.Count + scenarios.Count < AtOnce && coming.MoveNext())
        {
            scenarios.Add(ScenarioDraw.Draw(coming.Current));
        }

        var started = new ConcurrentBag<SimulationRun>();
        await Parallel.ForEachAsync(scenarios, (scenario, _) =>
        {
            started.Add(new(scenario));
            return ValueTask.CompletedTask;
        });
        running.AddRange(started);
    }
}
