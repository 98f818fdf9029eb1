using System.Globalization;

namespace ScmIntegrations.Simulations.Outages;

/// <summary>Brown-outs and an outage side by side, as a Markdown table.</summary>
public static class OutageTable
{
    private const int Seed = 1;

    public static async Task WriteAsync(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteLineAsync("### When GitHub is in trouble: 50 calls a second for ten minutes").ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
        await output.WriteLineAsync("| Requests that fail | calls that succeed | requests a call | extra requests | extra requests, if the circuit never opened |").ConfigureAwait(false);
        await output.WriteLineAsync("|---|---|---|---|---|").ConfigureAwait(false);
        foreach (var failureRate in (double[])[0, 0.05, 0.2, 0.3, 1])
        {
            var (with, without) = (await OutageSimulation.RunAsync(failureRate, Seed).ConfigureAwait(false), await OutageSimulation.RunAsync(failureRate, Seed, hasCircuit: false).ConfigureAwait(false));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {100 * failureRate:0} % | {100 * with.Success:0.0} % | {with.RequestsPerCall:0.00} | {100 * with.Extra:0.0} % | {100 * without.Extra:0.0} % |")).ConfigureAwait(false);
        }
    }
}
