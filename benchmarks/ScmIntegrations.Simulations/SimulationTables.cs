using ScmIntegrations.Simulations.Limits;
using ScmIntegrations.Simulations.Staggers;

namespace ScmIntegrations.Simulations;

/// <summary>All simulations, as Markdown. The same figures every time: time is virtual, and draws are seeded.</summary>
public static class SimulationTables
{
    public static void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine("### When cached lifetimes end: 5,000 repositories, scanned hourly for 60 days");
        output.WriteLine();
        StaggerTable.Write(output);
        output.WriteLine();
        output.WriteLine("### Sharing 5,000 requests an hour among eight instances, a backlog and interactive calls");
        output.WriteLine();
        LimitSharingTable.Write(output);
    }
}
