namespace ScmIntegrations.CodingAgents;

/// <summary>How long and how often a task is asked after.</summary>
public sealed record CodingAgentWaitOptions
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>When the wait is given up.</summary>
    /// <value>1 hour by default; from 1 second to 1 day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan Deadline { get; init => field = Check(value, nameof(Deadline)); } = TimeSpan.FromHours(1);

    /// <summary>The first pause between two questions. Each further one is half as long again.</summary>
    /// <value>5 seconds by default; from 1 second to 1 day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan FirstInterval { get; init => field = Check(value, nameof(FirstInterval)); } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause.</summary>
    /// <value>1 minute by default; from 1 second to 1 day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan MaxInterval { get; init => field = Check(value, nameof(MaxInterval)); } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a task that waits for a person ends the wait.</summary>
    /// <value><see langword="true"/> by default: asking on does not help until somebody has answered.</value>
    public bool ReturnWhenInputIsNeeded { get; init; } = true;

    /// <summary>Told of every reading.</summary>
    public IProgress<CodingAgentTask>? Progress { get; init; }

    private static TimeSpan Check(TimeSpan value, string option) => value >= Second && value <= Day
        ? value
        : throw new ArgumentOutOfRangeException(option, value, $"{option} is from {Second} to {Day}.");
}
