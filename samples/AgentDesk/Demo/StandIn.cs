using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Interactions;

namespace AgentDesk.Demo;

internal sealed class StandIn(string name, DemoWorld world, IInteractions interactions, TimeProvider time) : CodingAgentClient(name, interactions, time)
{
    private readonly ConcurrentDictionary<string, CodingAgentTask> _tasks = new();

    protected override IReadOnlyList<LaunchFailureRow> FailureRows =>
    [
        new(LaunchFailureType.GitHubCopilotNotLicensed) { Words = ["not licensed"], FixUrl = new("https://github.com/settings/copilot") },
        new(LaunchFailureType.GitHubCopilotInsufficientQuota) { Reasons = [ErrorReason.QuotaExceeded] },
        new(LaunchFailureType.CursorGitHubAccess) { Words = ["failed to verify"], Message = "Cursor cannot see {repository}.", FixUrl = new("https://github.com/apps/cursor") },
        new(LaunchFailureType.GitHubAppPermissions) { Statuses = [403], Message = "The GitHub App installation does not have the required permissions for {repository}.", NeededPermissions = ["contents=write"] },
    ];

    protected override Task<CodingAgentTask> StartCoreAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        var repo = start.Request.Repository.FullName;
        Exception? e = repo switch
        {
            DemoRepositories.LimitedAtCursor when Name is Agents.Cursor => Error(ErrorReason.SecondaryRateLimit, 429, "You have exceeded a secondary rate limit."),
            DemoRepositories.SingleSignOn when Name is Agents.Copilot => Error(ErrorReason.SamlSsoRequired, 403, "Resource protected by organization SAML enforcement.", new("https://github.com/orgs/acme/sso")),
            DemoRepositories.QuotaUsedUp when Name is Agents.Copilot => Error(ErrorReason.QuotaExceeded, 412, "insufficient premium quota to create assignment"),
            DemoRepositories.NotLicensed when Name is Agents.Copilot => Error(ErrorReason.Unknown, 403, "You are not licensed to use Copilot."),
            DemoRepositories.HiddenFromCursor when Name is Agents.Cursor => Error(ErrorReason.ValidationFailed, 400, "Failed to verify existence of branch 'main'"),
            _ when Name is Agents.Copilot && world.Lacks(repo.Split('/')[0]) => Error(ErrorReason.PermissionMissing, 403, "Resource not accessible by integration"),
            _ => null,
        };
        if (e is not null)
        {
            throw e;
        }

        var task = new CodingAgentTask { Id = repo + ":" + Guid.NewGuid(), Agent = Name, State = CodingAgentState.Queued, Repository = start.Request.Repository };
        _tasks[task.Id] = task;
        _keys[start.Key] = task.Id;
        return Task.FromResult(task);
    }

    private static ScmException Error(ErrorReason reason, int status, string message, Uri? fix = null) =>
        ScmException.From(new ScmError { Reason = reason, Origin = ErrorOrigin.GitHub, Status = (HttpStatusCode)status, Message = message, FixUrl = fix });

    protected override Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken) => Task.FromResult(_keys.TryGetValue(start.Key, out var id) ? _tasks[id] : null);
    private readonly ConcurrentDictionary<string, string> _keys = new();
    public int Count => _tasks.Count;

    public void MoveOn()
    {
        foreach (var task in _tasks.Values)
        {
            _tasks[task.Id] = task.State is CodingAgentState.Queued ? task with { State = CodingAgentState.Running }
                : task.State is not CodingAgentState.Running ? task
                : task.Repository!.FullName is DemoRepositories.GivesUp ? task with { State = CodingAgentState.Failed, Error = "The tests do not pass." }
                : task with { State = CodingAgentState.Succeeded, PullRequest = new(42, new Uri($"https://github.com/{task.Repository}/pull/42")) };
        }
    }

    protected override Task<CodingAgentTask> GetCoreAsync(string id, CodingAgentTask? known, CancellationToken cancellationToken) => Task.FromResult(_tasks[id]);

    protected override async IAsyncEnumerable<CodingAgentTask> ListCoreAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield break;
    }

    protected override Task<IReadOnlyList<CodingAgentCheck>> CheckCoreAsync(RepositoryRef repository, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CodingAgentCheck>>([]);
}
