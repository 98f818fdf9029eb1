using System.Runtime.CompilerServices;
using System.Text.Json;
using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>
/// The legacy API. It keeps no key of a launch, so the branch is the mark that a launch is found again by: it is named after the key.
/// </summary>
internal sealed class CursorV0Api(AgentLine line, int maxPages, CursorWebhookWire? webhook) : ICursorApi
{
    private const string Agents = "/v0/agents";

    // Between this clock and Cursor's.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public bool IsStartIdempotent => false;

    public IReadOnlyList<string> KeyChecks { get; } = ["/v0/me", "/v0/models"];

    public async Task<CodingAgentTask> StartAsync(CodingAgentStart start, string? model, CancellationToken cancellationToken)
    {
        var request = start.Request;
        var wire = new CursorLegacyLaunchWire(
            new(request.Prompt),
            model,
            new($"https://github.com/{request.Repository.FullName}", request.BaseRef),
            new(BranchOf(start), request.CreatePullRequest) { OpenAsCursorGithubApp = true },
            webhook);
        var agent = await line.ExecuteAsync(
            AgentRequest.Launch(Agents, JsonSerializer.SerializeToUtf8Bytes(wire, CursorJsonContext.Default.CursorLegacyLaunchWire)),
            CursorJsonContext.Default.CursorLegacyAgentWire,
            cancellationToken).ConfigureAwait(false);
        return CursorAgentId.IsValid(agent.Id)
            ? CursorTasks.Of(agent, agent.Id!) with { Repository = request.Repository }
            : throw CursorTasks.WithoutId();
    }

    public async Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        var branch = BranchOf(start);
        CodingAgentTask? doubtful = null;
        await foreach (var task in ListAsync(start.Request.Repository, cancellationToken).ConfigureAwait(false))
        {
            if (branch.Equals(task.BranchName, StringComparison.Ordinal))
            {
                return task;
            }

            doubtful ??= MayBe(task, start) ? task : null;
        }

        return doubtful is null ? null : throw CursorTasks.WithoutBranch(doubtful, start.Request.Repository);
    }

    public async Task<CodingAgentTask> GetAsync(string id, CancellationToken cancellationToken) =>
        CursorTasks.Of(await line.ExecuteAsync(AgentRequest.Read($"{Agents}/{id}"), CursorJsonContext.Default.CursorLegacyAgentWire, cancellationToken).ConfigureAwait(false), id);

    public async IAsyncEnumerable<CodingAgentTask> ListAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = CursorListing.ReadAsync(Agents, maxPages, ReadPageAsync, cancellationToken);
        await foreach (var agent in pages.ConfigureAwait(false))
        {
            if (agent is { Id: { } id } && CursorAgentId.IsValid(id) && CursorTasks.Of(agent, id) is var task && (repository is null || repository.Equals(task.Repository)))
            {
                yield return task;
            }
        }

        async Task<(IEnumerable<CursorLegacyAgentWire> Items, string? NextCursor)> ReadPageAsync(string path)
        {
            var page = await line.ExecuteAsync(AgentRequest.Read(path), CursorJsonContext.Default.CursorLegacyPageWire, cancellationToken).ConfigureAwait(false);
            return (page.Agents ?? [], page.NextCursor);
        }
    }

    public Task CancelAsync(string id, CancellationToken cancellationToken) =>
        line.ExecuteAsync(AgentRequest.Write($"{Agents}/{id}/stop"), cancellationToken);

    public async Task<CodingAgentTask> FollowUpAsync(string id, string prompt, CancellationToken cancellationToken)
    {
        // Read first: once the prompt is sent, nothing else may fail.
        var before = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        var body = JsonSerializer.SerializeToUtf8Bytes(new CursorFollowUpWire(new(prompt)), CursorJsonContext.Default.CursorFollowUpWire);
        await line.ExecuteAsync(AgentRequest.Write($"{Agents}/{id}/followup", body), cancellationToken).ConfigureAwait(false);
        return before with { State = CodingAgentState.Queued, RawState = "", Error = null };
    }

    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken) =>
        CursorModels.Read(await line.ExecuteAsync(AgentRequest.Read("/v0/models"), CursorJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false));

    /// <summary>Whether an agent without a branch may be the launch's: it is no older, or it runs and nobody knows since when.</summary>
    private static bool MayBe(CodingAgentTask task, CodingAgentStart start) =>
        task.BranchName is null && (task.CreatedAt is { } createdAt ? createdAt >= start.BeganAt - ClockSkew : !task.IsFinished);

    /// <summary>The branch that was asked for, else one of ours; both end in letters that are made from the launch's key.</summary>
    private static string BranchOf(CodingAgentStart start) => start.BranchName ?? $"cursor/{AgentBranchName.Of("agent", start.Key)}";
}
