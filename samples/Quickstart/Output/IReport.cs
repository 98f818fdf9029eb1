using Quickstart.Counting;
using ScmIntegrations.Accounts;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Launching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.ToolGateways;

namespace Quickstart.Output;

/// <summary>Takes what a command finds, as it finds it.</summary>
internal interface IReport
{
    /// <summary>A repository of a listing.</summary>
    ValueTask ListAsync(GitHubRepository repository);

    /// <summary>A repository whose tree was read, or was not.</summary>
    ValueTask ReadAsync(RepositoryReading reading);

    /// <summary>The end of a pass.</summary>
    ValueTask SummarizeAsync(int pass, Cost cost);

    /// <summary>What a scan would cost.</summary>
    ValueTask PlanAsync(TreeScanPlan plan);

    /// <summary>An installation of an audit.</summary>
    ValueTask AuditAsync(InstallationAudit audit);

    /// <summary>The end of an audit.</summary>
    ValueTask SummarizeAsync(AuditTally tally, Cost cost);

    /// <summary>A repository that an agent was launched at, or was not.</summary>
    ValueTask LaunchAsync(CodingAgentLaunch launch);

    /// <summary>The end of a launch.</summary>
    ValueTask SummarizeAsync(CodingAgentLaunchResult result, Cost cost);

    /// <summary>A task of an agent.</summary>
    ValueTask TaskAsync(CodingAgentTask task);

    /// <summary>An account that was read.</summary>
    ValueTask AccountAsync(ConnectedAccount account);

    /// <summary>An account that was created, updated, or left as it was.</summary>
    ValueTask UpsertAsync(AccountUpsert upsert);

    /// <summary>An account that is not there any more, or never was.</summary>
    ValueTask DeleteAsync(AccountIdentity account, bool wasThere);

    /// <summary>What a tool gave.</summary>
    ValueTask ToolAsync(string tool, ToolResult result);

    /// <summary>What an answer means: an error, or <see langword="null"/> when it is none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="error">The error.</param>
    /// <param name="isDated">Whether the answer tells when it was sent.</param>
    ValueTask ExplainAsync(GitHubAnswer answer, ScmException? error, bool isDated);

    /// <summary>An error of the command, not of one repository.</summary>
    ValueTask FailAsync(Exception error);

    /// <summary>The end of the command, early or not: whatever was held back is shown.</summary>
    ValueTask CompleteAsync();
}
