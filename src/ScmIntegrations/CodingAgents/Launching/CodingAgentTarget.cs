using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>One repository of a batch.</summary>
/// <param name="Repository">The repository.</param>
public sealed record CodingAgentTarget(RepositoryRef Repository)
{
    /// <summary>The GitHub App's installation that the application knows for this repository; <see langword="null"/> to have it looked up.</summary>
    public long? InstallationId { get; init; }

    /// <summary>The branch, tag or commit to start from; <see langword="null"/> for the default branch.</summary>
    public string? BaseRef { get; init; }

    /// <summary>A target without more than its repository.</summary>
    /// <param name="repository">The repository.</param>
    public static implicit operator CodingAgentTarget(RepositoryRef repository) => FromRepositoryRef(repository);

    /// <summary>A target without more than its repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <returns>The target.</returns>
    public static CodingAgentTarget FromRepositoryRef(RepositoryRef repository) => new(repository);
}
