namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>
/// Keeps what was launched, so that a repeated batch finds it without asking the agent. Optional: register one as a service. What it throws
/// becomes a warning and never loses a launch.
/// </summary>
public interface ICodingAgentStore
{
    /// <summary>Finds what an earlier launch of this key has started.</summary>
    /// <param name="launchKey">Batch, agent and repository in one opaque text of 64 hexadecimal digits.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The task; <see langword="null"/> when there is none.</returns>
    ValueTask<CodingAgentTask?> FindAsync(string launchKey, CancellationToken cancellationToken = default);

    /// <summary>Keeps a task that was started. Called once a launch, when the agent is running already.</summary>
    /// <param name="launchKey">Batch, agent and repository in one opaque text of 64 hexadecimal digits.</param>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Cancels the saving.</param>
    /// <returns>A task that ends when it is kept.</returns>
    ValueTask SaveAsync(string launchKey, CodingAgentTask task, CancellationToken cancellationToken = default);
}
