using System.Runtime.CompilerServices;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.GitHub.Repositories;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.CodingAgents.Copilot;

/// <summary>
/// GitHub Copilot's coding agent, over its agent tasks. It names its branch itself, and has no way to cancel a task or to go on with one.
/// </summary>
internal sealed class CopilotAgentClient : CodingAgentClient
{
    private readonly GitHubConnection _gitHub;
    private readonly CopilotTasks _tasks;
    private readonly CopilotPullRequests _pullRequests;
    private readonly CopilotPreflight _preflight;
    private readonly CopilotStarted _started;

    /// <summary>Makes the client.</summary>
    /// <param name="name">The agent's name.</param>
    /// <param name="gitHub">The way to GitHub, where pull requests are looked up.</param>
    /// <param name="agents">The way to the tasks; the same where they are at GitHub's own address.</param>
    /// <param name="installations">Finds the App's installation before a launch; <see langword="null"/> when nobody can.</param>
    /// <param name="options">The options.</param>
    /// <param name="timeProvider">The clock.</param>
    public CopilotAgentClient(string name, GitHubConnection gitHub, GitHubConnection agents, IInstallationLookup? installations, CopilotAgentOptions options, TimeProvider timeProvider)
        : base(name, gitHub.Interactions, timeProvider)
    {
        _gitHub = gitHub;
        FailureRows = CopilotFailures.Rows(InstallationPages.ForAll(gitHub.Host));
        _tasks = new CopilotTasks(agents, options);
        _pullRequests = new CopilotPullRequests(gitHub, timeProvider);
        _preflight = new CopilotPreflight(gitHub, _tasks, installations, Explain);
        _started = new CopilotStarted(_tasks, timeProvider);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<LaunchFailureRow> FailureRows { get; }

    /// <inheritdoc/>
    protected override void CheckStart(CodingAgentRequest request)
    {
        if (request.PromptOverflow is PromptOverflow.Refuse && CopilotPrompt.Measure(request.Prompt) is var length && length > CopilotPrompt.Room)
        {
            throw new ArgumentException($"The prompt has {length} characters as JSON; GitHub Copilot takes {CopilotPrompt.Limit}, of which {CopilotPrompt.Room} are the caller's.", nameof(request));
        }
    }

    /// <inheritdoc/>
    protected override void CheckId(string id) => CopilotTaskId.Parse(id);

    /// <inheritdoc/>
    protected internal override async Task<CodingAgentTask> StartCoreAsync(CodingAgentStart start, CancellationToken cancellationToken)
    {
        var (prompt, warning) = CopilotPrompt.Of(start);
        var task = await _tasks.StartAsync(start.Request, prompt, cancellationToken).ConfigureAwait(false);
        return ToTask(task, start.Request.Repository) with { Warnings = warning is null ? [] : [warning] };
    }

    /// <inheritdoc/>
    protected internal override async Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken) =>
        await _started.FindAsync(start, cancellationToken).ConfigureAwait(false) is { } task
            ? await CompleteAsync(task, start.Request.Repository, known: null, cancellationToken).ConfigureAwait(false)
            : null;

    /// <inheritdoc/>
    protected internal override async Task<CodingAgentTask> GetCoreAsync(string id, CodingAgentTask? known, CancellationToken cancellationToken)
    {
        var asked = CopilotTaskId.Parse(id);
        var task = await _tasks.ReadAsync(asked.Repository, asked.TaskId, cancellationToken).ConfigureAwait(false);
        return await CompleteAsync(task, asked.Repository, known, cancellationToken).ConfigureAwait(false) with { Id = id };
    }

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<CodingAgentTask> ListCoreAsync(RepositoryRef? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var byId = new Dictionary<string, RepositoryRef?>(StringComparer.Ordinal);
        await foreach (var task in _tasks.ListAsync(repository, cancellationToken).ConfigureAwait(false))
        {
            if ((repository ?? task.Repository ?? await FindRepositoryAsync(task.RepositoryId, byId, cancellationToken).ConfigureAwait(false)) is { } where)
            {
                yield return ToTask(task, where);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<CodingAgentCheck>> CheckCoreAsync(RepositoryRef repository, CancellationToken cancellationToken) =>
        _preflight.RunAsync(repository, cancellationToken);

    /// <summary>The name of a repository of which only GitHub's number is told. Without a name a task cannot be asked for, and is left out.</summary>
    private async Task<RepositoryRef?> FindRepositoryAsync(string? id, Dictionary<string, RepositoryRef?> known, CancellationToken cancellationToken)
    {
        if (id is null || known.TryGetValue(id, out var repository))
        {
            return id is null ? null : known[id];
        }

        try
        {
            var found = await _gitHub.SendAsync(
                GitHubRequest.Get("/repositories/{id}", id),
                static (response, token) => response.ReadJsonAsync(GitHubJson.Default.GitHubRepository, token),
                cancellationToken).ConfigureAwait(false);
            repository = RepositoryReader.IsUsable(found) ? found.Reference : null;
        }
        catch (Exception exception) when (exception is ScmException or ArgumentException && !cancellationToken.IsCancellationRequested)
        {
            Interaction?.ReportWarning("tasks of a repository were left out, because it could not be looked up", exception);
        }

        return known[id] = repository;
    }

    private async Task<CodingAgentTask> CompleteAsync(CopilotTaskWire wire, RepositoryRef repository, CodingAgentTask? known, CancellationToken cancellationToken)
    {
        var task = ToTask(wire, repository);
        if (known?.PullRequest is { } before)
        {
            return task with { PullRequest = before };
        }

        var warnings = new List<string>();
        var found = await _pullRequests.FindAsync(
            wire,
            repository,
            (what, exception) =>
            {
                warnings.Add(exception is ScmException told ? $"{what}: {told.Message}" : what);
                if (known is not { Warnings.Count: > 0 })
                {
                    // Who waits meets the same trouble at every reading.
                    Interaction?.ReportWarning(what, exception);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return task with { PullRequest = found, Warnings = warnings };
    }

    private CodingAgentTask ToTask(CopilotTaskWire wire, RepositoryRef repository) => new()
    {
        Id = new CopilotTaskId(repository, wire.Id).ToString(),
        Agent = Name,
        State = CopilotStates.Of(wire.State),
        RawState = wire.State is { } word ? Redaction.Clean(word) : "",
        Repository = repository,
        Name = wire.Name is { } name ? Redaction.Clean(name) : null,
        WebUrl = Uri.TryCreate(wire.HtmlUrl, UriKind.Absolute, out var page) && _gitHub.Host.IsPage(page) ? page : null,
        BranchName = wire.Branch,
        CreatedAt = wire.CreatedAt,
        UpdatedAt = wire.UpdatedAt,
        Error = wire.Error,
    };
}
