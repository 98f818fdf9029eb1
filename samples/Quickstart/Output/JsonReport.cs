using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Quickstart.Counting;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;

namespace Quickstart.Output;

/// <summary>Writes one JSON object a line, and flushes it, so that a reader sees results as they arrive.</summary>
internal sealed class JsonReport(TextWriter output, SecretMask mask) : IReport
{
    private const string Repository = "repository";

    public ValueTask ListAsync(GitHubRepository repository) => WriteAsync(
        new ListedLine(Repository, repository.FullName, repository.Id, repository.IsArchived, repository.DefaultBranch),
        JsonLinesContext.Default.ListedLine);

    public ValueTask ReadAsync(RepositoryReading reading) => WriteAsync(
        new RepositoryLine(
            Repository,
            reading.Pass,
            reading.Repository.FullName,
            reading.Status.ToString().ToLowerInvariant(),
            reading.Tree?.IsComplete,
            reading.Tree?.Count,
            reading.Tree?.Files.Count(),
            reading.Outcome?.ToName(),
            reading.Error is { } error ? ErrorFacts.From(error, mask) : null),
        JsonLinesContext.Default.RepositoryLine);

    public ValueTask SummarizeAsync(int pass, Cost cost)
    {
        var (started, success, halted, failure) = cost.Interactions;
        return WriteAsync(new SummaryLine("summary", pass, cost.Requests.Total, started, success, halted, failure), JsonLinesContext.Default.SummaryLine);
    }

    public ValueTask PlanAsync(TreeScanPlan plan) => WriteAsync(
        new PlanLine(
            "plan",
            plan.Repositories,
            plan.Done,
            plan.Current,
            plan.Refused,
            plan.ToRead,
            plan.ToCheck,
            plan.LeastRequests,
            plan.MostRequests,
            plan.Limit,
            plan.Remaining,
            plan.Reserved,
            plan.RemainingAfter,
            plan.ResetsAt,
            plan.Windows,
            plan.EndsAt,
            plan.IsListComplete),
        JsonLinesContext.Default.PlanLine);

    public ValueTask AuditAsync(InstallationAudit audit) => WriteAsync(
        new InstallationLine(
            "installation",
            audit.Installation.Id,
            audit.Installation.Account?.Login,
            audit.Installation.TargetType ?? audit.Installation.Account?.Type,
            audit.IsComplete,
            audit.IsSuspended,
            [.. audit.Missing.Select(gap => gap.ToString())],
            audit.FixUrl?.AbsoluteUri,
            audit.Warnings),
        JsonLinesContext.Default.InstallationLine);

    public ValueTask SummarizeAsync(AuditTally tally, Cost cost)
    {
        var (started, success, halted, failure) = cost.Interactions;
        return WriteAsync(
            new AuditSummaryLine("summary", tally.Installations, tally.Complete, tally.Incomplete, tally.Suspended, cost.Requests.Total, started, success, halted, failure),
            JsonLinesContext.Default.AuditSummaryLine);
    }

    public ValueTask LaunchAsync(CodingAgentLaunch launch)
    {
        var (task, failure) = (launch.Task, launch.Failure);
        return WriteAsync(
            new LaunchLine(
                "launch",
                launch.Repository.FullName,
                task is not null,
                task is null ? null : mask.Clean(task.Id),
                task is null ? null : AgentText.NameOf(task.State),
                failure?.Type.ToName(),
                failure?.InstallationId,
                failure?.FixUrl?.AbsoluteUri,
                failure is null ? null : mask.Clean(failure.Message),
                failure?.MissingPermissions ?? [],
                [.. launch.Warnings.Concat(task?.Warnings ?? []).Select(mask.Clean)]),
            JsonLinesContext.Default.LaunchLine);
    }

    public ValueTask SummarizeAsync(CodingAgentLaunchResult result, Cost cost)
    {
        var (started, success, halted, failure) = cost.Interactions;
        return WriteAsync(
            new LaunchSummaryLine("summary", result.Success, result.LaunchedCount, result.FailedCount, result.IdempotencyKey, cost.Requests.Total, started, success, halted, failure),
            JsonLinesContext.Default.LaunchSummaryLine);
    }

    public ValueTask TaskAsync(CodingAgentTask task) => WriteAsync(
        new AgentLine(
            "agent",
            task.Repository?.FullName,
            mask.Clean(task.Id),
            AgentText.NameOf(task.State),
            task.RawState,
            task.WebUrl?.AbsoluteUri,
            task.BranchName is { } branch ? mask.Clean(branch) : null,
            task.PullRequest?.Number,
            task.PullRequest?.Url.AbsoluteUri,
            task.Error is { } error ? mask.Clean(error) : null,
            [.. task.Warnings.Select(mask.Clean)]),
        JsonLinesContext.Default.AgentLine);

    public ValueTask ExplainAsync(GitHubAnswer answer, ScmException? error, bool isDated) =>
        WriteAsync(Explanation.Of(answer, error?.Error, error?.GetType().Name), JsonLinesContext.Default.ExplanationLine);

    public ValueTask FailAsync(Exception error) =>
        WriteAsync(new ErrorLine("error", ErrorFacts.From(error, mask)), JsonLinesContext.Default.ErrorLine);

    public ValueTask CompleteAsync() => default;

    private async ValueTask WriteAsync<T>(T line, JsonTypeInfo<T> typeInfo)
    {
        await output.WriteAsync(JsonSerializer.Serialize(line, typeInfo) + "\n");
        await output.FlushAsync();
    }
}
