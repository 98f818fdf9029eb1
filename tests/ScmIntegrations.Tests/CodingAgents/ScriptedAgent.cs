using System.Collections.Concurrent;
using ScmIntegrations.CodingAgents;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.Tests.CodingAgents;

/// <summary>A third agent, as an application would write it: it does what the test says.</summary>
internal sealed class ScriptedAgent(IInteractions interactions, TimeProvider time) : CodingAgentClient("scripted", interactions, time)
{
    private readonly ConcurrentQueue<CodingAgentStart> _starts = new();
    private int _looks;

    public Func<CodingAgentStart, CancellationToken, Task<CodingAgentTask>> OnStart { get; set; } = (start, _) => Task.FromResult(TaskOf(start));

    public Func<CodingAgentStart, Task<CodingAgentTask?>> OnFind { get; set; } = _ => Task.FromResult<CodingAgentTask?>(null);

    public Func<string, CancellationToken, Task<CodingAgentTask>> OnGet { get; set; } = (_, _) => Task.FromResult(InState(CodingAgentState.Succeeded));

    public Func<IAsyncEnumerable<CodingAgentTask>> OnList { get; set; } = Nothing;

    public LaunchFailureRow[] Rows { get; set; } = [];

    public bool KeepsKeys { get; set; }

    public IReadOnlyList<CodingAgentStart> Starts => [.. _starts];

    public int Looks => Volatile.Read(ref _looks);

    public override CodingAgentFeatures Features => CodingAgentFeatures.Cancel;

    protected internal override bool IsStartIdempotent => KeepsKeys;

    protected override IReadOnlyList<LaunchFailureRow> FailureRows => Rows;

    public static CodingAgentTask InState(CodingAgentState state) => new() { Id = "t-1", Agent = "scripted", State = state, RawState = state.ToString() };

    public static CodingAgentTask TaskOf(CodingAgentStart start) => InState(CodingAgentState.Queued) with { Id = "t-" + start.Request.Repository.Name, Repository = start.Request.Repository };

    protected internal override async Task<CodingAgentTask> StartCoreAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        _starts.Enqueue(start);
        return await OnStart(start, cancellationToken);
    }

    protected internal override Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looks);
        return OnFind(start);
    }

    protected internal override Task<CodingAgentTask> GetCoreAsync(string id, CodingAgentTask? known, CancellationToken cancellationToken) => OnGet(id, cancellationToken);

    protected override IAsyncEnumerable<CodingAgentTask> ListCoreAsync(RepositoryRef? repository, CancellationToken cancellationToken) => OnList();

    protected override Task<IReadOnlyList<CodingAgentCheck>> CheckCoreAsync(RepositoryRef repository, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CodingAgentCheck>>([new("credential", CodingAgentCheckResult.Passed, "It is good.")]);

    protected override Task CancelCoreAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void CheckId(string id)
    {
        if (!id.StartsWith("t-", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{id}' is no id of this agent's.", nameof(id));
        }
    }

    private static async IAsyncEnumerable<CodingAgentTask> Nothing()
    {
        await Task.CompletedTask;
        yield break;
    }
}
