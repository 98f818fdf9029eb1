using System.Runtime.CompilerServices;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.CodingAgents;

/// <summary>
/// What every agent's client does alike: it checks what it is given, runs each operation as an interaction, starts an agent once, and
/// waits. An agent's own client derives from it and speaks the agent's API.
/// </summary>
public abstract class CodingAgentClient : ICodingAgentClient
{
    private const int MaxIdLength = 500;

    private readonly IInteractions _interactions;
    private readonly SingleStart _starts;
    private readonly AgentWait _wait;

    /// <summary>Makes the client.</summary>
    /// <param name="name">The agent's name: 1 to 64 of a-z, 0-9, <c>_</c> and <c>.</c>.</param>
    /// <param name="interactions">Runs the operations.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">The name is not such a word.</exception>
    protected CodingAgentClient(string name, IInteractions interactions, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(timeProvider);

        // The same rule as for an operation, because both become tags.
        Name = new InteractionDescriptor(name).Name;
        _interactions = interactions;
        Time = timeProvider;
        _starts = new SingleStart(this, timeProvider);
        _wait = new AgentWait(this, timeProvider);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public virtual CodingAgentFeatures Features => CodingAgentFeatures.None;

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>The running interaction, for warnings; <see langword="null"/> outside of any.</summary>
    protected InteractionScope? Interaction => _interactions.Current;

    /// <summary>Whether the agent's API itself starts one agent for one <see cref="CodingAgentStart.Key"/>, however often it is sent.</summary>
    protected internal virtual bool IsStartIdempotent => false;

    /// <summary>What the agent's own refusals mean, asked after the definite reasons that all agents share. The first row that matches decides.</summary>
    protected virtual IReadOnlyList<LaunchFailureRow> FailureRows => [];

    /// <inheritdoc/>
    public Task<CodingAgentTask> StartAsync(CodingAgentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Repository, nameof(request));
        CheckPrompt(request.Prompt, nameof(request));
        CodingAgentRequest.CheckIdempotencyKey(request.IdempotencyKey, nameof(request));
        if (request.BaseRef is { } gitRef)
        {
            GitRefName.Check(gitRef, nameof(request));
        }

        CheckStart(request);
        var start = CodingAgentStart.Of(Name, request, Time.GetUtcNow());
        return RunAsync("start_agent", request.Repository, scope => _starts.RunAsync(start, scope, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CodingAgentTask> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        CheckKnownId(id);
        return RunAsync("get_agent", null, _ => GetCoreAsync(id, known: null, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CodingAgentTask> ListAsync(RepositoryRef? repository = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var scope = _interactions.Start(Describe("list_agents", repository), cancellationToken);
        var tasks = ListCoreAsync(repository, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var end = tasks.ConfigureAwait(false);
        while (true)
        {
            try
            {
                using (scope.Enter())
                {
                    if (!await tasks.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
            }
            catch (Exception exception)
            {
                scope.RecordException(exception);
                throw;
            }

            yield return tasks.Current;
        }
    }

    /// <inheritdoc/>
    public Task<CodingAgentTask> WaitAsync(string id, CodingAgentWaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckKnownId(id);
        return RunAsync("wait_agent", null, scope => _wait.RunAsync(id, options ?? new(), scope, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        Require(CodingAgentFeatures.Cancel, "cancelled");
        CheckKnownId(id);
        return _interactions.RunAsync(Describe("cancel_agent", null), _ => CancelCoreAsync(id, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CodingAgentTask> FollowUpAsync(string id, string prompt, CancellationToken cancellationToken = default)
    {
        Require(CodingAgentFeatures.FollowUp, "given further prompts");
        CheckKnownId(id);
        CheckPrompt(prompt, nameof(prompt));
        return RunAsync("follow_up_agent", null, _ => FollowUpCoreAsync(id, prompt, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CodingAgentPreflight> CheckAsync(RepositoryRef repository, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return _interactions.RunAsync(
            Describe("check_agent", repository),
            async _ => new CodingAgentPreflight(repository, await CheckCoreAsync(repository, cancellationToken).ConfigureAwait(false)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public LaunchFailureExplanation Explain(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return LaunchFailureTable.Explain(exception, FailureRows);
    }

    /// <summary>Refuses what this agent cannot take, before anything is sent.</summary>
    /// <param name="request">The request; its common parts are checked already.</param>
    /// <exception cref="ArgumentException">The request cannot be carried out.</exception>
    protected virtual void CheckStart(CodingAgentRequest request)
    {
    }

    /// <summary>Refuses an id that is not of this agent's form, before anything is sent.</summary>
    /// <param name="id">The id; not empty.</param>
    /// <exception cref="ArgumentException">The id is none.</exception>
    protected virtual void CheckId(string id)
    {
    }

    /// <summary>Sends one start. It must not be sent again by itself unless <see cref="IsStartIdempotent"/>.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ScmAmbiguousWriteException">It was sent, and nobody knows what came of it.</exception>
    /// <exception cref="ScmException">It was refused.</exception>
    protected internal abstract Task<CodingAgentTask> StartCoreAsync(CodingAgentStart start, CancellationToken cancellationToken);

    /// <summary>Looks for a task that has been started with this key.</summary>
    /// <param name="start">The launch.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ScmException">It could not be looked for.</exception>
    protected internal abstract Task<CodingAgentTask?> FindStartedAsync(CodingAgentStart start, CancellationToken cancellationToken);

    /// <summary>Reads a task.</summary>
    /// <param name="id">The id.</param>
    /// <param name="known">The last reading, whose pull request need not be looked up again; <see langword="null"/> for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task.</returns>
    protected internal abstract Task<CodingAgentTask> GetCoreAsync(string id, CodingAgentTask? known, CancellationToken cancellationToken);

    /// <summary>Lists tasks.</summary>
    /// <param name="repository">Only those of one repository.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>The tasks.</returns>
    protected abstract IAsyncEnumerable<CodingAgentTask> ListCoreAsync(RepositoryRef? repository, CancellationToken cancellationToken);

    /// <summary>Looks at what a launch needs. Throws only for the caller's cancellation.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The checks.</returns>
    protected abstract Task<IReadOnlyList<CodingAgentCheck>> CheckCoreAsync(RepositoryRef repository, CancellationToken cancellationToken);

    /// <summary>Cancels a task. Called only with <see cref="CodingAgentFeatures.Cancel"/>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the agent has taken note.</returns>
    protected virtual Task CancelCoreAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Gives a task a further prompt. Called only with <see cref="CodingAgentFeatures.FollowUp"/>.</summary>
    /// <param name="id">The id.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task.</returns>
    protected virtual Task<CodingAgentTask> FollowUpCoreAsync(string id, string prompt, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<CodingAgentTask> RunAsync(string operation, RepositoryRef? repository, Func<InteractionScope, Task<CodingAgentTask>> body, CancellationToken cancellationToken) =>
        _interactions.RunAsync(Describe(operation, repository), body, cancellationToken);

    private InteractionDescriptor Describe(string operation, RepositoryRef? repository) => new(operation, Name)
    {
        Client = Name,
        Extras = repository is null ? null : new RepositoryFact(repository),
    };

    private void Require(CodingAgentFeatures feature, string what)
    {
        if (!Features.HasFlag(feature))
        {
            throw new NotSupportedException($"Tasks of {Name} cannot be {what}: its API has no way to.");
        }
    }

    private void CheckKnownId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (id.Length > MaxIdLength || id.Any(char.IsControl))
        {
            throw new ArgumentException($"An agent's id has at most {MaxIdLength} characters and no control characters; this one has {id.Length}.", nameof(id));
        }

        CheckId(id);
    }

    private static void CheckPrompt(string prompt, string parameter)
    {
        ArgumentNullException.ThrowIfNull(prompt, parameter);
        if (string.IsNullOrWhiteSpace(prompt))
        {
            throw new ArgumentException("The prompt is empty: an agent needs to be told what to do.", parameter);
        }
    }
}
