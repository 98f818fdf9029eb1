using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Simulation.Tests.Scenarios;

namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>Holds a tree that was read against what the repository has.</summary>
internal static class TreeCheck
{
    /// <summary>What is wrong with a tree; <see langword="null"/> when nothing is.</summary>
    public static string? Wrong(SimulatedRepository repository, RepositoryTree tree, bool mayBeEmpty) => repository.Kind switch
    {
        RepositoryKind.Full when tree.Count == repository.Tree!.Entries.Count && tree.IsComplete => null,
        // Completed folder by folder, as far as that went.
        RepositoryKind.Truncated when tree.Count == repository.Tree!.Entries.Count || (!tree.IsComplete && tree.Count < repository.Tree.Entries.Count) => null,
        RepositoryKind.Empty when mayBeEmpty && tree.Count == 0 => null,
        _ => $"{repository.Name} ({repository.Kind}) gave {tree.Count} entries",
    };
}
