using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents;

/// <summary>
/// One coding agent: GitHub Copilot, Cursor, or one of yours. Every operation is an interaction. To add an agent, derive from
/// <see cref="CodingAgentClient"/>, which does everything that is not the agent's own. Safe for concurrent use.
/// </summary>
public interface ICodingAgentClient
{
    /// <summary>The agent's name, a word of a closed set because it becomes a telemetry tag, for example <c>github_copilot</c> or <c>cursor</c>.</summary>
    string Name { get; }

    /// <summary>What the agent can do beside being started, read and listed.</summary>
    CodingAgentFeatures Features { get; }

    /// <summary>
    /// Starts a task. A request whose end is unknown is looked after before it is sent again, so it starts one agent at most; see
    /// <see cref="CodingAgentRequest.IdempotencyKey"/> for launches that are themselves repeated.
    /// </summary>
    /// <param name="request">What to do, and where.</param>
    /// <param name="cancellationToken">Cancels the launch. The agent may have been started by then.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">The request is not valid for this agent; nothing was sent.</exception>
    /// <exception cref="ScmAmbiguousWriteException">Nobody can tell whether the agent was started.</exception>
    /// <exception cref="ScmException">The agent refused, or could not be reached. <see cref="Explain"/> says what for.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<CodingAgentTask> StartAsync(CodingAgentRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a task.</summary>
    /// <param name="id">Its <see cref="CodingAgentTask.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task as it stands.</returns>
    /// <exception cref="ArgumentException">The id is not one of this agent's; nothing was sent.</exception>
    /// <exception cref="ScmNotFoundException">There is no such task, or it cannot be seen.</exception>
    /// <exception cref="ScmException">The call failed.</exception>
    Task<CodingAgentTask> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists tasks, newest first as far as the agent keeps to that.</summary>
    /// <param name="repository">Only those of one repository; <see langword="null"/> for all that the credential can see.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>The tasks, read page by page.</returns>
    /// <exception cref="ScmException">A page could not be read.</exception>
    IAsyncEnumerable<CodingAgentTask> ListAsync(RepositoryRef? repository = null, CancellationToken cancellationToken = default);

    /// <summary>Waits until a task has ended, asking at growing intervals. Passing troubles are waited out; the state alone decides about the end.</summary>
    /// <param name="id">Its <see cref="CodingAgentTask.Id"/>.</param>
    /// <param name="options">How long and how often.</param>
    /// <param name="cancellationToken">Cancels the wait, not the task.</param>
    /// <returns>The task, which has ended, or needs a person (<see cref="CodingAgentWaitOptions.ReturnWhenInputIsNeeded"/>).</returns>
    /// <exception cref="ArgumentException">The id is not one of this agent's; nothing was sent.</exception>
    /// <exception cref="ScmTimeoutException">It had not ended at the deadline. The task goes on.</exception>
    /// <exception cref="ScmException">The task cannot be read any more.</exception>
    Task<CodingAgentTask> WaitAsync(string id, CodingAgentWaitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Cancels a task.</summary>
    /// <param name="id">Its <see cref="CodingAgentTask.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the agent has taken note.</returns>
    /// <exception cref="NotSupportedException">The agent cannot (<see cref="Features"/>); nothing was sent.</exception>
    /// <exception cref="ArgumentException">The id is not one of this agent's; nothing was sent.</exception>
    /// <exception cref="ScmConflictException">The task has ended already.</exception>
    /// <exception cref="ScmException">The call failed.</exception>
    Task CancelAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Gives a task a further prompt.</summary>
    /// <param name="id">Its <see cref="CodingAgentTask.Id"/>.</param>
    /// <param name="prompt">What else to do; not empty.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task as it stands then.</returns>
    /// <exception cref="NotSupportedException">The agent cannot (<see cref="Features"/>); nothing was sent.</exception>
    /// <exception cref="ArgumentException">The id is not one of this agent's, or the prompt is empty; nothing was sent.</exception>
    /// <exception cref="ScmConflictException">The task is busy, or takes no more prompts.</exception>
    /// <exception cref="ScmException">The call failed.</exception>
    Task<CodingAgentTask> FollowUpAsync(string id, string prompt, CancellationToken cancellationToken = default);

    /// <summary>Looks, without launching, whether credential, permission and the agent's availability allow a launch.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was found. A check that could not be made is <see cref="CodingAgentCheckResult.Unknown"/>, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<CodingAgentPreflight> CheckAsync(RepositoryRef repository, CancellationToken cancellationToken = default);

    /// <summary>What a launch failed for, as a product shows it.</summary>
    /// <param name="exception">What <see cref="StartAsync"/> threw.</param>
    /// <returns>The type, what was missing, and where it is granted as far as the error alone tells.</returns>
    LaunchFailureExplanation Explain(Exception exception);
}
