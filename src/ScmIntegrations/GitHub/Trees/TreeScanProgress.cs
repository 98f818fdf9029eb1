namespace ScmIntegrations.GitHub.Trees;

/// <summary>How far a scan is.</summary>
/// <param name="Total">Repositories to read.</param>
/// <param name="Done">Repositories that have a result.</param>
/// <param name="Latest">The latest result.</param>
public readonly record struct TreeScanProgress(int Total, int Done, TreeScanResult Latest);
