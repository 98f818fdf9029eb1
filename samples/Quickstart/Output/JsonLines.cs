using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quickstart.Output;

// The names and their order are a contract: programs in other languages read these lines.

/// <summary>A line of <c>scan</c> and <c>tree</c>.</summary>
internal sealed record RepositoryLine(
    string Type, int Pass, string Repository, string Status, bool? Complete, int? Entries, int? Files, string? Outcome, ErrorFacts? Error);

/// <summary>A line of <c>repos</c>.</summary>
internal sealed record ListedLine(string Type, string Repository, long Id, bool Archived, string? DefaultBranch);

/// <summary>The last line of a pass.</summary>
internal sealed record SummaryLine(string Type, int Pass, int Requests, long Started, long Success, long Halted, long Failure);

/// <summary>The line of <c>scan --plan</c>. Of a server without limits, all is <see langword="null"/> that speaks of one.</summary>
internal sealed record PlanLine(
    string Type,
    int Repositories,
    int Done,
    int Current,
    int Refused,
    int ToRead,
    int ToCheck,
    int LeastRequests,
    int MostRequests,
    int? Limit,
    int? Remaining,
    int? Reserved,
    int? RemainingAfter,
    DateTimeOffset? ResetsAt,
    int Windows,
    DateTimeOffset EndsAt,
    bool ListComplete);

/// <summary>A line of <c>audit</c>.</summary>
internal sealed record InstallationLine(
    string Type,
    long Id,
    string? Account,
    string? AccountType,
    bool Complete,
    bool Suspended,
    IReadOnlyList<string> Missing,
    string? FixUrl,
    IReadOnlyList<string> Warnings);

/// <summary>The last line of <c>audit</c>.</summary>
internal sealed record AuditSummaryLine(
    string Type, int Installations, int Complete, int Incomplete, int Suspended, int Requests, long Started, long Success, long Halted, long Failure);

/// <summary>A line of <c>launch</c>. The agent's id and state are of a launch; the type of failure and all that follows from it are not.</summary>
internal sealed record LaunchLine(
    string Type,
    string Repository,
    bool Launched,
    string? AgentId,
    string? State,
    string? FailureType,
    long? InstallationId,
    string? FixUrl,
    string? Message,
    IReadOnlyList<string> MissingPermissions,
    IReadOnlyList<string> Warnings);

/// <summary>The last line of <c>launch</c>. The key is for sending the same batch again.</summary>
internal sealed record LaunchSummaryLine(
    string Type, bool Success, int Launched, int Failed, string IdempotencyKey, int Requests, long Started, long Succeeded, long Halted, long Failure);

/// <summary>A line of <c>agents</c>.</summary>
internal sealed record AgentLine(
    string Type,
    string? Repository,
    string AgentId,
    string State,
    string RawState,
    string? Url,
    string? Branch,
    int? PullRequest,
    string? PullRequestUrl,
    string? Error,
    IReadOnlyList<string> Warnings);

/// <summary>The line of <c>explain</c>. Of an answer that is no error, all is <see langword="null"/> that only an error has.</summary>
internal sealed record ExplanationLine(
    string Type,
    string? Exception,
    int Status,
    string? Reason,
    string? Origin,
    string? Owner,
    string? Advice,
    string? FixUrl,
    string? RetryAt,
    string Message,
    string? RequestId,
    string? DocumentationUrl,
    bool? Transient,
    bool? Expected,
    string? Rule,
    string? AcceptedPermissions,
    IReadOnlyList<string> ValidationErrors);

/// <summary>The line of <c>accounts upsert</c> and <c>delete</c>. An account that is deleted has neither id nor status any more.</summary>
internal sealed record AccountResultLine(string Type, string? Id, string Identifier, string? Status, string Result);

/// <summary>A line of <c>accounts get</c> and <c>list</c>.</summary>
internal sealed record AccountLine(
    string Type,
    string Id,
    string Identifier,
    string Status,
    string? StatusReason,
    string Connection,
    string? Organization,
    string? User,
    string? CredentialKind,
    string? TokenExpiresAt);

/// <summary>The line of <c>tool</c>.</summary>
internal sealed record ToolLine(string Type, string Tool, string? ExecutionId, JsonElement Data);

/// <summary>The line of a command that failed.</summary>
internal sealed record ErrorLine(string Type, ErrorFacts Error);

/// <summary>The line of <c>accounts</c> or <c>tool</c> that failed.</summary>
internal sealed record GatewayErrorLine(string Type, GatewayErrorFacts Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RepositoryLine))]
[JsonSerializable(typeof(ListedLine))]
[JsonSerializable(typeof(SummaryLine))]
[JsonSerializable(typeof(ErrorLine))]
[JsonSerializable(typeof(PlanLine))]
[JsonSerializable(typeof(ExplanationLine))]
[JsonSerializable(typeof(InstallationLine))]
[JsonSerializable(typeof(AuditSummaryLine))]
[JsonSerializable(typeof(LaunchLine))]
[JsonSerializable(typeof(LaunchSummaryLine))]
[JsonSerializable(typeof(AgentLine))]
[JsonSerializable(typeof(AccountResultLine))]
[JsonSerializable(typeof(AccountLine))]
[JsonSerializable(typeof(ToolLine))]
[JsonSerializable(typeof(GatewayErrorLine))]
internal sealed partial class JsonLinesContext : JsonSerializerContext;
