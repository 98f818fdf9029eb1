using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>How long calls may take at most: each request of a call has the deadline for itself.</summary>
internal static class WaitBounds
{
    // A tree that GitHub cuts short is read folder by folder; no tree here has more folders, and a folder costs two requests.
    private const int MostFolderRequests = 40;

    // Where a permission is missing, the page that grants it is looked up.
    private const int PageLookUp = 1;

    /// <summary>The longest that a call may take, all its requests one after the other.</summary>
    public static TimeSpan Longest(PlannedCall call, Scenario scenario) => MostRequests(call, scenario) * scenario.Deadline;

    /// <summary>The longest that a run may take, whatever its calls do.</summary>
    public static TimeSpan LongestRun(Scenario scenario) => scenario.Calls.Max(call => call.StartsAt + Longest(call, scenario));

    private static int MostRequests(PlannedCall call, Scenario scenario)
    {
        var pages = 1 + ((scenario.Repositories.Count + scenario.PageSize - 1) / scenario.PageSize);
        return call.Operation switch
        {
            Operation.ListRepositories => pages + PageLookUp,
            Operation.GetTree or Operation.GetCachedTree => OfTree(call.Repository),
            // A repository that fails in passing is asked twice.
            Operation.ScanTrees => pages + PageLookUp + scenario.Repositories.Sum(repository => 2 * OfTree(repository)),
            _ => 1 + PageLookUp,
        };
    }

    // The default branch, then the tree.
    private static int OfTree(SimulatedRepository repository) =>
        2 + PageLookUp + (repository.Kind is RepositoryKind.Truncated ? MostFolderRequests : 0);
}
