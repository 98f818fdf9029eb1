using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Quickstart.Counting;
using ScmIntegrations.Accounts;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;
using ScmIntegrations.ToolGateways;

namespace Quickstart.Output;

/// <summary>Writes one JSON object a line, and flushes it, so that a reader sees results as they arrive.</summary>
/// <param name="output">Where to.</param>
/// <param name="mask">Knows the secrets.</param>
/// <param name="isOfAccounts">Whether errors tell what a provider behind a gateway said, <see langword="null"/> where it said nothing.</param>
internal sealed class JsonReport(TextWriter output, SecretMask mask, bool isOfAccounts = false) : IReport
{
    private const string Repository = "repository";
    private const string Account = "account";

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

    public ValueTask AccountAsync(ConnectedAccount account) => WriteAsync(
        new AccountLine(
            Account,
            mask.Clean(account.Id),
            mask.Clean(account.Identity.Identifier),
            mask.Clean(account.Status.Name),
            Clean(account.StatusReason),
            mask.Clean(account.Identity.Connection),
            Clean(account.Identity.OrganizationId),
            Clean(account.Identity.UserId),
            Clean(account.CredentialKind),
            account.TokenExpiresAt is { } end ? ErrorFacts.Format(end) : null),
        JsonLinesContext.Default.AccountLine);

    public ValueTask UpsertAsync(AccountUpsert upsert)
    {
        var account = upsert.Account;
        return WriteAsync(
            new AccountResultLine(Account, mask.Clean(account.Id), mask.Clean(account.Identity.Identifier), mask.Clean(account.Status.Name), AccountText.NameOf(upsert.Outcome)),
            JsonLinesContext.Default.AccountResultLine);
    }

    public ValueTask DeleteAsync(AccountIdentity account, bool wasThere) => WriteAsync(
        new AccountResultLine(Account, null, mask.Clean(account.Identifier), null, AccountText.Deleted(wasThere)),
        JsonLinesContext.Default.AccountResultLine);

    public ValueTask ToolAsync(string tool, ToolResult result) => WriteAsync(
        new ToolLine("tool", mask.Clean(tool), Clean(result.ExecutionId), JsonElement.Parse(MaskedJson.Of(result.Data, mask))),
        JsonLinesContext.Default.ToolLine);

    public ValueTask ExplainAsync(GitHubAnswer answer, ScmException? error, bool isDated) =>
        WriteAsync(Explanation.Of(answer, error?.Error, error?.GetType().Name), JsonLinesContext.Default.ExplanationLine);

    public ValueTask FailAsync(Exception error) => isOfAccounts
        ? WriteAsync(new GatewayErrorLine("error", GatewayErrorFacts.Of(error, mask)), JsonLinesContext.Default.GatewayErrorLine)
        : WriteAsync(new ErrorLine("error", ErrorFacts.From(error, mask)), JsonLinesContext.Default.ErrorLine);

    public ValueTask CompleteAsync() => default;

    private string? Clean(string? text) => text is null ? null : mask.Clean(text);

    private async ValueTask WriteAsync<T>(T line, JsonTypeInfo<T> typeInfo)
    {
        await output.WriteAsync(JsonSerializer.Serialize(line, typeInfo) + "\n");
        await output.FlushAsync();
    }
}
