using ScmIntegrations.GitHub.Heads;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees.Cache;

/// <summary>A tree that somebody wants.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="GitRef">The ref; <see langword="null"/> for the default branch.</param>
internal sealed record TreeQuestion(RepositoryRef Repository, string? GitRef = null)
{
    /// <summary>The place in a list, for staggers that go by it; <see langword="null"/> outside of any.</summary>
    public int? Index { get; init; }

    /// <summary>What a list said of the repository; of use as long as <see cref="ListedMark"/> still marks it.</summary>
    public GitHubRepository? Listed { get; init; }

    /// <summary>What marked the repository's latest invalidation when the list was taken.</summary>
    public object? ListedMark { get; init; }

    /// <summary>Where the default branch leads, when that has just been asked.</summary>
    public BranchHead? Head { get; init; }

    /// <summary>Where the requests are counted, if this is the question that sets them off.</summary>
    public RequestLane Lane { get; init; }
}
