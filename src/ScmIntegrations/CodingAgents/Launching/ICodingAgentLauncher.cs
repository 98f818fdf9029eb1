namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>Launches an agent at many repositories. Each is on its own: whatever happens to one, the others are launched.</summary>
public interface ICodingAgentLauncher
{
    /// <summary>Launches a batch.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="batch">The prompt and the repositories.</param>
    /// <param name="progress">Told of each repository as it is done. What it throws is logged.</param>
    /// <param name="cancellationToken">
    /// Stops the batch. What was launched by then is in the result, which is returned and not lost in an exception; the rest are failures.
    /// </param>
    /// <returns>What became of every repository.</returns>
    /// <exception cref="ArgumentException">The batch has no repository, or one that is <see langword="null"/>, or no prompt; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before anything began.</exception>
    Task<CodingAgentLaunchResult> LaunchAsync(
        ICodingAgentClient agent,
        CodingAgentBatch batch,
        IProgress<CodingAgentLaunch>? progress = null,
        CancellationToken cancellationToken = default);
}
