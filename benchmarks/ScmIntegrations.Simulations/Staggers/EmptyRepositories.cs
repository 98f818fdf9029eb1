using System.Globalization;

namespace ScmIntegrations.Simulations.Staggers;

/// <summary>Which of the repositories are empty, when about a tenth are.</summary>
public static class EmptyRepositories
{
    public static int Count { get; } = Enumerable.Range(0, StaggerSimulation.Repositories).Count(i => Contains(i.ToString(CultureInfo.InvariantCulture)));

    public static bool Contains(string key) => HashFixedPolicy.Hash("e" + key) % 1_000 < 100;
}
