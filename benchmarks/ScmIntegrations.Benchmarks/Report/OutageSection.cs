using ScmIntegrations.Simulations.Outages;

namespace ScmIntegrations.Benchmarks.Report;

internal static class OutageSection
{
    private const int Seed = 1;
    private const double BrownOut = 0.2;

    public static async Task<IReadOnlyList<Measure>> MeasureAsync()
    {
        var outage = await OutageSimulation.RunAsync(1, Seed).ConfigureAwait(false);
        var alone = await OutageSimulation.RunAsync(1, Seed, hasCircuit: false).ConfigureAwait(false);
        var brownOut = await OutageSimulation.RunAsync(BrownOut, Seed).ConfigureAwait(false);
        return
        [
            new("full outage: requests beyond the first of a call, against three attempts each", "200 %", Figures.Percent(outage.Extra), "", "≤ 1 %", outage.Extra <= 0.01),
            new("the same, if the circuit never opened (the retry budget alone)", "200 %", Figures.Percent(alone.Extra), "", "≤ 1 %", alone.Extra <= 0.01),
            new("full outage: requests for each call, against three attempts each", "3.00", Figures.Text($"{outage.RequestsPerCall:0.000}"), ""),
            new("one request in five fails: calls that succeed, against one attempt each", Figures.Percent(1 - BrownOut), Figures.Percent(brownOut.Success), "", "≥ 99 %", brownOut.Success >= 0.99),
            new("one request in five fails: requests for each call", "1.00", Figures.Text($"{brownOut.RequestsPerCall:0.000}"), Figures.Text($"{brownOut.RequestsPerCall:0.000}"), "≤ 1.25", brownOut.RequestsPerCall <= 1.25),
        ];
    }
}
