using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents;

/// <summary>What an agent is asked to do, and where.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Prompt">The task in words; not empty.</param>
public sealed record CodingAgentRequest(RepositoryRef Repository, string Prompt)
{
    /// <summary>The longest idempotency key, in characters.</summary>
    public const int MaxIdempotencyKeyLength = 200;

    /// <summary>The branch, tag or commit to start from; <see langword="null"/> for the default branch.</summary>
    public string? BaseRef { get; init; }

    /// <summary>
    /// What to call the agent's branch, for agents that let it be named. Any text: it is made into a branch name, see
    /// <see cref="AgentBranchName"/>. <see langword="null"/> leaves it to the agent.
    /// </summary>
    public string? BranchName { get; init; }

    /// <summary>Whether the agent opens a pull request for its work.</summary>
    /// <value><see langword="true"/> by default.</value>
    public bool CreatePullRequest { get; init; } = true;

    /// <summary>The model by the agent's own name for it; <see langword="null"/> for the agent's choice.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Names this launch, so that sending it again does not start a second agent: a launch with a key looks for what an earlier
    /// one of the same key has started. 1 to <see cref="MaxIdempotencyKeyLength"/> characters; <see langword="null"/> for a launch that is new for certain.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What is done with a prompt that is longer than the agent takes.</summary>
    /// <value><see cref="PromptOverflow.Cut"/> by default.</value>
    public PromptOverflow PromptOverflow { get; init; }

    /// <summary>Whether the key was just made, so that no earlier launch can have had it.</summary>
    internal bool IsKeyNew { get; init; }

    /// <summary>Refuses a key that is empty or too long.</summary>
    internal static void CheckIdempotencyKey(string? key, string parameter)
    {
        if (key is { Length: 0 or > MaxIdempotencyKeyLength })
        {
            throw new ArgumentException($"The idempotency key has {key.Length} characters; it has 1 to {MaxIdempotencyKeyLength}.", parameter);
        }
    }
}
