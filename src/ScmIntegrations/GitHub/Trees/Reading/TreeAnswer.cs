using ScmIntegrations.GitHub.Trees.Columns;

namespace ScmIntegrations.GitHub.Trees.Reading;

/// <summary><c>GET /repos/{owner}/{repo}/git/trees/{tree_sha}</c>.</summary>
/// <param name="Sha">The id that the answer was given under.</param>
/// <param name="Entries">The entries, with paths from the folder that was asked for.</param>
/// <param name="IsTruncated">Whether GitHub cut the answer short.</param>
/// <param name="IsUsable">Whether every entry has a path and an id.</param>
internal sealed record TreeAnswer(string Sha, TreeColumns Entries, bool IsTruncated, bool IsUsable);
