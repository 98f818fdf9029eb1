namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>What became of a batch: every repository of it is in <see cref="Launches"/>, once.</summary>
/// <param name="IdempotencyKey">The batch's key, given or made: repeat the batch with it.</param>
/// <param name="Launches">One for each repository, in the order of the batch.</param>
public sealed record CodingAgentLaunchResult(string IdempotencyKey, IReadOnlyList<CodingAgentLaunch> Launches)
{
    /// <summary>Whether at least one agent was launched.</summary>
    public bool Success => LaunchedCount > 0;

    /// <summary>How many agents were launched.</summary>
    public int LaunchedCount => Launches.Count(launch => launch.Task is not null);

    /// <summary>How many repositories failed.</summary>
    public int FailedCount => Launches.Count - LaunchedCount;

    /// <summary>The launched ones, in the order of the batch.</summary>
    public IEnumerable<CodingAgentLaunch> Launched => Launches.Where(launch => launch.Task is not null);

    /// <summary>The failed ones, in the order of the batch.</summary>
    public IEnumerable<CodingAgentLaunch> Failed => Launches.Where(launch => launch.Task is null);

    /// <summary>Whether the caller cancelled before all had been tried. Those that had not are failures that say so.</summary>
    public bool IsCancelled { get; init; }
}
