using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;

namespace AgentDesk.Api;

/// <summary>
/// What became of a launch: the library's <see cref="CodingAgentLaunchReport"/> field by field, the tasks that run, and what the
/// page needs to lead people to a cure.
/// </summary>
internal sealed record LaunchAnswer
{
    public required string Key { get; init; }

    public required bool Success { get; init; }

    public required int LaunchedCount { get; init; }

    public required int FailedCount { get; init; }

    public required IReadOnlyList<FailureAnswer> Failures { get; init; }

    public required IReadOnlyList<TaskAnswer> Tasks { get; init; }

    public static LaunchAnswer Of(CodingAgentLaunchResult result)
    {
        var report = CodingAgentLaunchReport.Of(result);
        return new()
        {
            Key = result.IdempotencyKey,
            Success = report.Success,
            LaunchedCount = report.LaunchedCount,
            FailedCount = report.FailedCount,
            Failures = [.. report.Failures.Zip(result.Failed, FailureAnswer.Of)],
            Tasks = [.. result.Launched.Select(TaskAnswer.Of)],
        };
    }
}

/// <summary>A repository whose launch failed: four fields of the report, and the cure.</summary>
internal sealed record FailureAnswer
{
    public required string RepoName { get; init; }

    public required string ErrorMessage { get; init; }

    public required string FailureType { get; init; }

    public long? GithubInstallationId { get; init; }

    /// <summary>The page on which a person can put it right.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>What the installation lacks, for example <c>contents=write</c>.</summary>
    public required IReadOnlyList<string> MissingPermissions { get; init; }

    /// <summary>When trying again can help.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Whether the agent may run all the same: the same launch sent again, with its key, finds out.</summary>
    public bool MayHaveBeenStarted { get; init; }

    public static FailureAnswer Of(CodingAgentLaunchReportFailure told, CodingAgentLaunch launch) => new()
    {
        RepoName = told.RepoName,
        ErrorMessage = told.ErrorMessage,
        FailureType = told.FailureType.ToName(),
        GithubInstallationId = told.GithubInstallationId,
        FixUrl = launch.Failure!.FixUrl,
        MissingPermissions = launch.Failure.MissingPermissions,
        RetryAt = launch.Failure.RetryAt,
        MayHaveBeenStarted = launch.Failure.MayHaveBeenStarted,
    };
}
