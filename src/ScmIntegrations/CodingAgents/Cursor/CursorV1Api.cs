using System.Runtime.CompilerServices;
using System.Text.Json;
using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>
/// The current API. An agent lasts, and its work is runs: where a task stands is where the agent's latest run stands. The id of an agent is
/// ours to choose, so a launch that is sent twice starts one.
/// </summary>
internal sealed class CursorV1Api(AgentLine line, int maxPages) : ICursorApi
{
    private const string Agents = "/v1/agents";

    public bool IsStartIdempotent => true;

    // A service account has no /v0/me.
    public IReadOnlyList<string> KeyChecks { get; } = ["/v1/me", "/v0/me", "/v1/models", "/v0/models"];

    public async Task<CodingAgentTask> StartAsync(CodingAgentStart start, string? model, CancellationToken cancellationToken)
    {
        var request = start.Request;
        var wire = new CursorLaunchWire(
            new(request.Prompt),
            model is null ? null : new(model),
            [new($"https://github.com/{request.Repository.FullName}", request.BaseRef)],
            CursorAgentId.Of(start))
        {
            AutoCreatePullRequest = request.CreatePullRequest,
        };
        try
        {
            var created = await line.ExecuteAsync(
                AgentRequest.Launch(Agents, JsonSerializer.SerializeToUtf8Bytes(wire, CursorJsonContext.Default.CursorLaunchWire)),
                CursorJsonContext.Default.CursorCreatedWire,
                cancellationToken).ConfigureAwait(false);
            return created.Agent is { } agent && CursorAgentId.IsValid(agent.Id) ? CursorTasks.Of(agent, created.Run, agent.Id!) with { Repository = request.Repository }
                : CursorAgentId.IsValid(created.Id) ? CursorTasks.Of(created, created.Run ?? new() { Status = created.Status }, created.Id!) with { Repository = request.Repository }
                : throw CursorTasks.WithoutId();
        }
        catch (ScmConflictException conflict) when (conflict.Error.ServiceCode is CursorErrorTable.AgentIdConflict)
        {
            if (await FindTakenAsync(start, conflict, cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return earlier with { WasStartedBefore = true };
            }

            throw;
        }
    }

    private async Task<CodingAgentTask?> FindTakenAsync(CodingAgentStart start, ScmConflictException conflict, CancellationToken cancellationToken)
    {
        try
        {
            return await FindStartedAsync(start, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException unread)
        {
            // There is an agent of that id: that it cannot be read just now is no refusal of the launch.
            throw ScmException.From(conflict.Error with { IsFateUnknown = true }, unread);
        }
    }

    public async Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        try
        {
            var found = await GetAsync(CursorAgentId.Of(start), cancellationToken).ConfigureAwait(false);
            return start.Request.Repository.Equals(found.Repository) ? found : null;
        }
        catch (ScmNotFoundException missing) when (missing.Error.IsServicesWord)
        {
            return null;
        }
    }

    public async Task<CodingAgentTask> GetAsync(string id, CancellationToken cancellationToken)
    {
        var agent = await ReadAgentAsync(id, cancellationToken).ConfigureAwait(false);
        return CursorTasks.Of(agent, await ReadLatestRunAsync(id, agent, cancellationToken).ConfigureAwait(false), id);
    }

    public async IAsyncEnumerable<CodingAgentTask> ListAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = CursorListing.ReadAsync(Agents, maxPages, ReadPageAsync, cancellationToken);
        await foreach (var item in pages.ConfigureAwait(false))
        {
            if (item is { Id: { } id } && CursorAgentId.IsValid(id) && await CompleteAsync(item, id, repository, cancellationToken).ConfigureAwait(false) is { } task)
            {
                yield return task;
            }
        }

        async Task<(IEnumerable<CursorAgentWire> Items, string? NextCursor)> ReadPageAsync(string path)
        {
            var page = await line.ExecuteAsync(AgentRequest.Read(path), CursorJsonContext.Default.CursorAgentPageWire, cancellationToken).ConfigureAwait(false);
            return (page.Items ?? [], page.NextCursor);
        }
    }

    public async Task CancelAsync(string id, CancellationToken cancellationToken)
    {
        var agent = await ReadAgentAsync(id, cancellationToken).ConfigureAwait(false);
        var run = await FindLatestRunAsync(id, agent, cancellationToken).ConfigureAwait(false)
            ?? throw ScmException.From(new ScmError
            {
                Reason = ErrorReason.Conflict,
                Origin = ErrorOrigin.Client,
                Message = $"The Cursor agent {id} has no run that could be cancelled.",
            });
        await line.ExecuteAsync(AgentRequest.Write($"{Agents}/{id}/runs/{run}/cancel"), cancellationToken).ConfigureAwait(false);
    }

    public async Task<CodingAgentTask> FollowUpAsync(string id, string prompt, CancellationToken cancellationToken)
    {
        // Read first: once the prompt is sent, nothing else may fail.
        var agent = await ReadAgentAsync(id, cancellationToken).ConfigureAwait(false);
        var body = JsonSerializer.SerializeToUtf8Bytes(new CursorFollowUpWire(new(prompt)), CursorJsonContext.Default.CursorFollowUpWire);
        var answer = await line.ExecuteAsync(AgentRequest.Write($"{Agents}/{id}/runs", body), CursorJsonContext.Default.CursorRunAnswerWire, cancellationToken).ConfigureAwait(false);
        return CursorTasks.Of(agent, answer.Run, id);
    }

    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken) =>
        CursorModels.Read(await line.ExecuteAsync(AgentRequest.Read("/v1/models"), CursorJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false));

    /// <summary>A list tells who the agents are; where they work and how they stand is asked one by one.</summary>
    private async Task<CodingAgentTask?> CompleteAsync(CursorAgentWire item, string id, RepositoryRef? repository, CancellationToken cancellationToken)
    {
        try
        {
            var agent = item.Repos is null ? await ReadAgentAsync(id, cancellationToken).ConfigureAwait(false) : item;
            return repository is not null && !repository.Equals(CursorTasks.RepositoryOf(agent)) ? null : await StandAsync(agent, id, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmNotFoundException)
        {
            // Deleted since it was listed.
            return null;
        }
    }

    /// <summary>One run that cannot be read does not cost the list its other agents. What every further request would meet too does.</summary>
    private async Task<CodingAgentTask> StandAsync(CursorAgentWire agent, string id, CancellationToken cancellationToken)
    {
        try
        {
            return CursorTasks.Of(agent, await ReadLatestRunAsync(id, agent, cancellationToken).ConfigureAwait(false), id);
        }
        catch (ScmException unread) when (unread.Reason is ErrorReason.UnreadableResponse or ErrorReason.ResponseTooLarge or ErrorReason.ServerError or ErrorReason.PermissionMissing or ErrorReason.ValidationFailed or ErrorReason.Gone)
        {
            return CursorTasks.Of(agent, null, id) with { Warnings = [$"How the agent stands could not be read. {unread.Message}"] };
        }
    }

    private Task<CursorAgentWire> ReadAgentAsync(string id, CancellationToken cancellationToken) =>
        line.ExecuteAsync(AgentRequest.Read($"{Agents}/{id}"), CursorJsonContext.Default.CursorAgentWire, cancellationToken);

    private async Task<CursorRunWire?> ReadLatestRunAsync(string id, CursorAgentWire agent, CancellationToken cancellationToken) =>
        await FindLatestRunAsync(id, agent, cancellationToken).ConfigureAwait(false) is { } run
            ? await line.ExecuteAsync(AgentRequest.Read($"{Agents}/{id}/runs/{run}"), CursorJsonContext.Default.CursorRunWire, cancellationToken).ConfigureAwait(false)
            : null;

    private async Task<string?> FindLatestRunAsync(string id, CursorAgentWire agent, CancellationToken cancellationToken)
    {
        if (CursorAgentId.IsRun(agent.LatestRunId))
        {
            return agent.LatestRunId;
        }

        // The newest stands first.
        var runs = await line.ExecuteAsync(AgentRequest.Read($"{Agents}/{id}/runs?limit=1"), CursorJsonContext.Default.CursorRunPageWire, cancellationToken).ConfigureAwait(false);
        return runs.Items?.Select(run => run.Id).FirstOrDefault(CursorAgentId.IsRun);
    }
}
