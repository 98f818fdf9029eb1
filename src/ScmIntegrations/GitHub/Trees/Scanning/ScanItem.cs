using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.GitHub.Trees.Cache;

namespace ScmIntegrations.GitHub.Trees.Scanning;

/// <summary>A repository that a scan reads.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Index">Its place in the whole list.</param>
/// <param name="Mark">What marked the repository's latest invalidation when the scan began: what its list says holds as long as this does.</param>
/// <param name="Head">Where its default branch leads, when that has just been asked and its tree is still to be read.</param>
internal sealed record ScanItem(GitHubRepository Repository, int Index, object Mark, BranchHead? Head = null)
{
    /// <summary>Those of a list that a checkpoint does not say are done, each with its place in all of it.</summary>
    public static IEnumerable<ScanItem> Of(IEnumerable<GitHubRepository> repositories, TreeScanCheckpoint? checkpoint, TreeStore store) =>
        repositories.Select((repository, index) => new ScanItem(repository, index, store.Mark(repository.Reference))).Where(item => checkpoint?.Contains(item.Repository.Id) is not true);
}
