using System.Text.Json;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;

namespace AgentDesk.Api;

/// <summary>A task as the page shows it.</summary>
internal sealed record TaskAnswer
{
    public required string Id { get; init; }

    public required string Repository { get; init; }

    /// <summary>For example <c>running</c> or <c>needs_input</c>.</summary>
    public required string State { get; init; }

    public required bool IsFinished { get; init; }

    public Uri? WebUrl { get; init; }

    public PullRequestAnswer? PullRequest { get; init; }

    /// <summary>The agent's words on what went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>What was met on the way and handled.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    public static TaskAnswer Of(CodingAgentLaunch launch) =>
        Of(launch.Repository.FullName, launch.Task!) with { Warnings = [.. launch.Warnings, .. launch.Task!.Warnings] };

    public static TaskAnswer Of(string repository, CodingAgentTask task) => new()
    {
        Id = task.Id,
        Repository = repository,
        State = JsonNamingPolicy.SnakeCaseLower.ConvertName(task.State.ToString()),
        IsFinished = task.IsFinished,
        WebUrl = task.WebUrl,
        PullRequest = task.PullRequest is { } pull ? new(pull.Number, pull.Url, pull.Title) : null,
        Error = task.Error,
        Warnings = task.Warnings,
    };
}

/// <summary>A task's pull request.</summary>
internal sealed record PullRequestAnswer(int Number, Uri Url, string? Title);

/// <summary>The tasks of a launch as they stand.</summary>
internal sealed record TasksAnswer(string Key, IReadOnlyList<TaskAnswer> Tasks);
