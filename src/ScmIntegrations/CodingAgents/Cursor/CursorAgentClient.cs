using System.Runtime.CompilerServices;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.CodingAgents.Transport;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Cursor's cloud agents, through whichever generation of the API is served.</summary>
internal sealed class CursorAgentClient : CodingAgentClient
{
    private readonly AgentLine _line;
    private readonly ICursorApi _legacy;
    private readonly string? _model;
    private readonly ConditionalWeakTable<CodingAgentStart, string> _otherModels = [];
    private volatile ICursorApi _api;

    /// <summary>Makes the client.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">What the user has set.</param>
    /// <param name="line">The way to Cursor.</param>
    /// <param name="interactions">Runs the operations.</param>
    /// <param name="timeProvider">The clock.</param>
    public CursorAgentClient(string name, CursorAgentOptions options, AgentLine line, IInteractions interactions, TimeProvider timeProvider)
        : base(name, interactions, timeProvider)
    {
        _line = line;
        _model = options.Model;
        _legacy = new CursorV0Api(line, options.MaxPages, options.WebhookUrl is { } url ? new(url.AbsoluteUri, options.WebhookSecret!) : null);
        _api = options.Api is CursorApi.V0 ? _legacy : new CursorV1Api(line, options.MaxPages);
    }

    public override CodingAgentFeatures Features => CodingAgentFeatures.Cancel | CodingAgentFeatures.FollowUp;

    protected internal override bool IsStartIdempotent => _api.IsStartIdempotent;

    protected override IReadOnlyList<LaunchFailureRow> FailureRows => CursorFailures.Rows;

    protected override void CheckId(string id) => CursorAgentId.Check(id);

    protected internal override Task<CodingAgentTask> StartCoreAsync(CodingAgentStart start, CancellationToken cancellationToken) =>
        OnServedApiAsync(
            async (api, isFallenBack) =>
                // The base has not looked for an earlier launch, because the API that it knew of keeps the key itself.
                isFallenBack && start.MayBeRepeated && await api.FindStartedAsync(start, cancellationToken).ConfigureAwait(false) is { } earlier
                    ? earlier with { WasStartedBefore = true }
                    : await StartAsync(api, start, cancellationToken).ConfigureAwait(false),
            namesAgent: false);

    protected internal override async Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken) =>
        await _api.FindStartedAsync(start, cancellationToken).ConfigureAwait(false) is { } found ? Own(WithModel(found, start)) : null;

    protected internal override Task<CodingAgentTask> GetCoreAsync(string id, CodingAgentTask? known, CancellationToken cancellationToken) =>
        OnServedApiAsync((api, _) => api.GetAsync(id, cancellationToken));

    protected override async IAsyncEnumerable<CodingAgentTask> ListCoreAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The first page shows which generation is served; from there on the list is that one's.
        var tasks = await OnServedApiAsync(async (api, _) =>
        {
            var list = api.ListAsync(repository, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                return (List: list, HasFirst: await list.MoveNextAsync().ConfigureAwait(false));
            }
            catch
            {
                await list.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }, namesAgent: false).ConfigureAwait(false);
        await using var end = tasks.List.ConfigureAwait(false);
        for (var has = tasks.HasFirst; has; has = await tasks.List.MoveNextAsync().ConfigureAwait(false))
        {
            yield return Own(tasks.List.Current);
        }
    }

    protected override Task CancelCoreAsync(string id, CancellationToken cancellationToken) =>
        OnServedApiAsync(async (api, _) =>
        {
            await api.CancelAsync(id, cancellationToken).ConfigureAwait(false);
            return id;
        });

    protected override Task<CodingAgentTask> FollowUpCoreAsync(string id, string prompt, CancellationToken cancellationToken) =>
        OnServedApiAsync((api, _) => api.FollowUpAsync(id, prompt, cancellationToken));

    protected override async Task<IReadOnlyList<CodingAgentCheck>> CheckCoreAsync(RepositoryRef repository, CancellationToken cancellationToken) =>
    [
        await CheckKeyAsync(cancellationToken).ConfigureAwait(false),

        // Cursor's list of repositories may be asked for once a minute only, and takes tens of seconds.
        new("repository", CodingAgentCheckResult.Unknown, $"Whether Cursor's GitHub App has access to {repository.FullName} shows when an agent is launched.") { FixUrl = CursorFailures.GitHubApp },
    ];

    private async Task<CodingAgentTask> StartAsync(ICursorApi api, CodingAgentStart start, CancellationToken cancellationToken)
    {
        // A launch comes here twice when its first sending started nothing: it then goes on with the model that was found.
        if (!_otherModels.TryGetValue(start, out var other))
        {
            var model = ModelOf(start);
            try
            {
                return await SendAsync(api, start, model, cancellationToken).ConfigureAwait(false);
            }
            catch (ScmException refused) when (CursorModels.IsRefusal(refused))
            {
                other = await FindOtherModelAsync(api, model, cancellationToken).ConfigureAwait(false);
                if (other is null)
                {
                    throw;
                }

                _otherModels.AddOrUpdate(start, other);
            }
        }

        return WithModel(await SendAsync(api, start, other, cancellationToken).ConfigureAwait(false), start);
    }

    private string? ModelOf(CodingAgentStart start) => start.Request.Model ?? _model;

    /// <summary>Tells of the model that was taken instead of the launch's own, if one was.</summary>
    private CodingAgentTask WithModel(CodingAgentTask task, CodingAgentStart start) =>
        _otherModels.TryGetValue(start, out var other)
            ? task with { Warnings = [.. task.Warnings, $"Cursor does not have the model {(ModelOf(start) is { } model ? $"'{CursorFacts.Words(model)}'" : "that is configured")}; '{CursorFacts.Words(other)}' was taken instead."] }
            : task;

    private static async Task<CodingAgentTask> SendAsync(ICursorApi api, CodingAgentStart start, string? model, CancellationToken cancellationToken)
    {
        try
        {
            return await api.StartAsync(start, model, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmUnreadableResponseException unreadable)
        {
            // It was a success, so an agent runs that nobody has the id of: it has to be looked for.
            throw ScmException.From(unreadable.Error with { IsFateUnknown = true }, unreadable);
        }
    }

    private static async Task<string?> FindOtherModelAsync(ICursorApi api, string? model, CancellationToken cancellationToken)
    {
        try
        {
            return CursorModels.Choose(await api.ListModelsAsync(cancellationToken).ConfigureAwait(false), model);
        }
        catch (ScmException)
        {
            // What the caller has to know is the refusal.
            return null;
        }
    }

    private async Task<CodingAgentCheck> CheckKeyAsync(CancellationToken cancellationToken)
    {
        const string name = "credential";
        ScmException? first = null;
        foreach (var path in _api.KeyChecks)
        {
            try
            {
                await _line.ExecuteAsync(AgentRequest.Read(path), CursorJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false);
                return new(name, CodingAgentCheckResult.Passed, "Cursor accepts the key.");
            }
            catch (ScmException error) when ((int?)error.Status is >= 400 and < 500 && error.Reason is not ErrorReason.SecondaryRateLimit)
            {
                first ??= error;
            }
            catch (ScmException error)
            {
                return new(name, CodingAgentCheckResult.Unknown, $"Whether Cursor accepts the key could not be asked. {error.Message}");
            }
        }

        return first!.Reason is ErrorReason.BadCredentials or ErrorReason.PermissionMissing or ErrorReason.PlanRequired
            ? new(name, CodingAgentCheckResult.Failed, $"Cursor does not accept the key. {first.Message}") { FailureType = Explain(first).Type, FixUrl = CursorFailures.Keys }
            : new(name, CodingAgentCheckResult.Unknown, $"Whether Cursor accepts the key could not be told. {first.Message}");
    }

    /// <summary>
    /// Runs an operation on the current API; where a 404 shows that this generation is not served here, the legacy one is used from now on.
    /// A request that names no agent has nothing else that could be missing; of one that does, Cursor's own word means the agent.
    /// </summary>
    private async Task<T> OnServedApiAsync<T>(Func<ICursorApi, bool, Task<T>> operation, bool namesAgent = true)
    {
        var api = _api;
        try
        {
            return Own(await operation(api, false).ConfigureAwait(false));
        }
        catch (ScmNotFoundException missing) when (api != _legacy && IsRoute(missing, namesAgent))
        {
            try
            {
                var result = Own(await operation(_legacy, true).ConfigureAwait(false));
                _api = _legacy;
                return result;
            }
            catch (ScmNotFoundException neither) when (!namesAgent && IsRoute(neither, namesAgent))
            {
                // Which one it is was not found out.
            }
            catch
            {
                _api = _legacy;
                throw;
            }

            throw;
        }
    }

    /// <summary>Whether it is the route that is missing.</summary>
    private static bool IsRoute(ScmNotFoundException missing, bool namesAgent) =>
        missing.Origin is ErrorOrigin.Platform && (namesAgent ? !missing.Error.IsServicesWord : !CursorModels.IsRefusal(missing));

    /// <summary>Puts this client's name on a task.</summary>
    private T Own<T>(T result) => result is CodingAgentTask task ? (T)(object)(task with { Agent = Name }) : result;
}
