namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>One prompt for an agent in several repositories.</summary>
/// <param name="Prompt">The task in words; not empty.</param>
/// <param name="Targets">The repositories; at least one. One that is named twice is launched once, as its first mention says.</param>
public sealed record CodingAgentBatch(string Prompt, IReadOnlyList<CodingAgentTarget> Targets)
{
    private const int MaxConcurrencyLimit = 32;

    /// <summary>
    /// Names the batch, so that sending it again does not start a second agent anywhere: give the
    /// <see cref="CodingAgentLaunchResult.IdempotencyKey"/> of the batch that is to be repeated. 1 to 200 characters; <see langword="null"/> for a batch that is new for certain.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <inheritdoc cref="CodingAgentRequest.BranchName"/>
    public string? BranchName { get; init; }

    /// <inheritdoc cref="CodingAgentRequest.CreatePullRequest"/>
    public bool CreatePullRequest { get; init; } = true;

    /// <inheritdoc cref="CodingAgentRequest.Model"/>
    public string? Model { get; init; }

    /// <inheritdoc cref="CodingAgentRequest.PromptOverflow"/>
    public PromptOverflow PromptOverflow { get; init; }

    /// <summary>How many repositories are launched at a time.</summary>
    /// <value>4 by default; from 1 to 32. GitHub asks not to write in parallel much.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxConcurrency
    {
        get;
        init => field = value is >= 1 and <= MaxConcurrencyLimit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"MaxConcurrency is from 1 to {MaxConcurrencyLimit} repositories.");
    } = 4;

    /// <summary>How long one repository's launch may take, with its retries and looks.</summary>
    /// <value>5 minutes by default; from 1 second to 1 hour.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan LaunchTimeout
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "LaunchTimeout is from 1 second to 1 hour.");
    } = TimeSpan.FromMinutes(5);
}
