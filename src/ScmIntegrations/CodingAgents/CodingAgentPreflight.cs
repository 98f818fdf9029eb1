using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents;

/// <summary>What is known, without launching, of whether an agent could be launched at a repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Checks">What was looked at, in order.</param>
public sealed record CodingAgentPreflight(RepositoryRef Repository, IReadOnlyList<CodingAgentCheck> Checks)
{
    /// <summary>Whether nothing stands in the way as far as can be seen. A launch can still be refused.</summary>
    public bool CanLaunch => Checks.All(check => check.Result is not CodingAgentCheckResult.Failed);
}

/// <summary>One thing that was looked at before a launch.</summary>
/// <param name="Name">What: <c>credential</c>, <c>repository</c>, <c>permission</c> or <c>availability</c>, or the agent's own word.</param>
/// <param name="Result">How it stands.</param>
/// <param name="Message">In a sentence.</param>
public sealed record CodingAgentCheck(string Name, CodingAgentCheckResult Result, string Message)
{
    /// <summary>The type that a launch would fail with; <see langword="null"/> unless the check failed.</summary>
    public LaunchFailureType? FailureType { get; init; }

    /// <summary>What is missing, for example <c>contents=write</c>.</summary>
    public IReadOnlyList<string> MissingPermissions { get; init; } = [];

    /// <summary>Where a person can put it right.</summary>
    public Uri? FixUrl { get; init; }
}

/// <summary>How a check stands.</summary>
public enum CodingAgentCheckResult
{
    /// <summary>It cannot be told without launching.</summary>
    Unknown,

    /// <summary>Nothing stands in the way.</summary>
    Passed,

    /// <summary>A launch would fail.</summary>
    Failed,
}
