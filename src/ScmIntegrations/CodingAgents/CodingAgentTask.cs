using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents;

/// <summary>One task of a coding agent, as it stood when it was read.</summary>
public sealed record CodingAgentTask
{
    /// <summary>The id by which this library reads it again. Opaque: its form is the agent's.</summary>
    public required string Id { get; init; }

    /// <summary>Whose task it is: the client's <see cref="ICodingAgentClient.Name"/>.</summary>
    public required string Agent { get; init; }

    /// <summary>Where it stands.</summary>
    public required CodingAgentState State { get; init; }

    /// <summary>The agent's own word for where it stands; empty when it gave none.</summary>
    public string RawState { get; init; } = "";

    /// <summary>The repository it works on; <see langword="null"/> when the agent does not tell.</summary>
    public RepositoryRef? Repository { get; init; }

    /// <summary>What the agent calls it.</summary>
    public string? Name { get; init; }

    /// <summary>Where people watch it.</summary>
    public Uri? WebUrl { get; init; }

    /// <summary>The branch it works on.</summary>
    public string? BranchName { get; init; }

    /// <summary>Its pull request; <see langword="null"/> while there is none, or none could be found.</summary>
    public CodingAgentPullRequest? PullRequest { get; init; }

    /// <summary>When it was created, by the agent's clock.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, by the agent's clock.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The agent's words on what went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>What was met on the way and handled: a prompt that was cut, a pull request that could not be looked up.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether it had been started before: by an earlier launch of the same key, or by a request whose answer was lost.</summary>
    public bool WasStartedBefore { get; init; }

    /// <summary>Whether it has ended, well or not.</summary>
    public bool IsFinished => State is CodingAgentState.Succeeded or CodingAgentState.Failed or CodingAgentState.Cancelled or CodingAgentState.Expired;
}
