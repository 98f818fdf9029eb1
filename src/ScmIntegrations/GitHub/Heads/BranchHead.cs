namespace ScmIntegrations.GitHub.Heads;

/// <summary>Where the default branch of a repository leads, told before its tree is asked for.</summary>
/// <param name="Branch">The default branch.</param>
/// <param name="CommitSha">The commit at its head; <see langword="null"/> for an empty repository.</param>
/// <param name="TreeSha">That commit's tree.</param>
/// <param name="AskedAt">When it was asked.</param>
internal sealed record BranchHead(string? Branch, string? CommitSha, string? TreeSha, DateTimeOffset AskedAt)
{
    /// <summary>What marked the repository's latest invalidation before it was asked: told before a push, it is of no use after it.</summary>
    public object? Mark { get; init; }
}
