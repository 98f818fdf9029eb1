using System.Globalization;

namespace ScmIntegrations.Simulations.Limits;

/// <summary>The policies side by side, as a Markdown table.</summary>
public static class LimitSharingTable
{
    private const int Seed = 1;

    public static void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine("| Policy | wasted calls while limited | interactive success | background done | seconds at zero |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var policy in SharingPolicy.All)
        {
            var report = LimitSharingSimulation.Run(policy, Seed);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {policy.Name} | {report.Wasted:N0} | {100 * report.InteractiveSuccess:0.0} % | {report.BackgroundDone:N0} | {report.SecondsAtZero:N0} |"));
        }
    }
}
