using ScmIntegrations.GitHub.Heads;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>What GitHub answered when it was asked for the tree of a ref.</summary>
/// <param name="Tree">The tree; the one that was kept when the ref has not moved.</param>
/// <param name="GitRef">The ref.</param>
/// <param name="Source">Which answer told where the ref leads.</param>
/// <param name="AskedAt">When that was.</param>
internal sealed record TreeReading(RepositoryTree Tree, string GitRef, HeadSource Source, DateTimeOffset AskedAt)
{
    /// <summary>The id to keep the tree under; empty for an empty repository.</summary>
    public string Sha { get; init; } = "";

    /// <summary>The commit that the ref leads to.</summary>
    public string CommitSha { get; init; } = "";

    /// <summary>The id of the tree itself, when that is known.</summary>
    public string? TreeSha { get; init; }

    /// <summary>Whether the tree was kept already and has not been read again.</summary>
    public bool IsUnchanged { get; init; }

    public bool IsEmpty => Sha.Length == 0;

    /// <summary>A repository without a commit.</summary>
    public static TreeReading Empty(string gitRef, HeadSource source, DateTimeOffset askedAt) => new(RepositoryTree.Empty, gitRef, source, askedAt);

    /// <summary>As it is given to who asked.</summary>
    public CachedTree ToCachedTree(DateTimeOffset expiresAt) =>
        new(Tree, IsEmpty ? TreeStatus.Empty : IsUnchanged ? TreeStatus.Cached : TreeStatus.Fetched, AskedAt, expiresAt) { Source = Source };
}
