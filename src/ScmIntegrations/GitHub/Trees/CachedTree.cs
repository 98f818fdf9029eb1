using ScmIntegrations.GitHub.Heads;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>A tree read through the cache.</summary>
/// <param name="Tree">The tree; without entries for an empty repository.</param>
/// <param name="Status"><see cref="TreeStatus.Fetched"/>, <see cref="TreeStatus.Cached"/>, <see cref="TreeStatus.Stale"/> or <see cref="TreeStatus.Empty"/>.</param>
/// <param name="FetchedAt">When GitHub last said that the ref leads there.</param>
/// <param name="ExpiresAt">When it will be asked again.</param>
public sealed record CachedTree(RepositoryTree Tree, TreeStatus Status, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Which answer said, at <see cref="FetchedAt"/>, where the ref leads or that the repository is empty.</summary>
    public HeadSource Source { get; init; }
}
