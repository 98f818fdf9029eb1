using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>Makes tasks of what Cursor answers, in either generation.</summary>
internal static class CursorTasks
{
    /// <summary>The agent's name where a client's own is not known.</summary>
    public const string Agent = "cursor";

    /// <summary>A task of the current API: the agent says what it is, its latest run how it stands.</summary>
    public static CodingAgentTask Of(CursorAgentWire agent, CursorRunWire? run, string id)
    {
        var repository = RepositoryOf(agent);
        var pushed = (run?.Git?.Branches ?? []).Where(branch => repository is not null && repository.Equals(CursorFacts.Repository(branch.RepoUrl))).ToList();
        var state = CursorStates.Of(run?.Status);
        return new()
        {
            Id = CursorAgentId.IsValid(agent.Id) ? agent.Id! : id,
            Agent = Agent,
            State = state,
            RawState = CursorFacts.RawState(run?.Status),
            Repository = repository,
            Name = CursorFacts.Words(agent.Name),
            WebUrl = CursorFacts.WebUrl(agent.Url),
            BranchName = pushed.Select(branch => CursorFacts.Branch(branch.Branch)).FirstOrDefault(name => name is not null),
            PullRequest = pushed.Select(branch => CursorFacts.PullRequest(branch.PrUrl, repository)).FirstOrDefault(pull => pull is not null),
            CreatedAt = agent.CreatedAt,
            UpdatedAt = run?.UpdatedAt ?? agent.UpdatedAt,
            Error = state is CodingAgentState.Failed ? CursorFacts.Words(run?.Result) : null,
        };
    }

    /// <summary>A task of the legacy API, where an agent and its work are one.</summary>
    public static CodingAgentTask Of(CursorLegacyAgentWire agent, string id)
    {
        var repository = CursorFacts.Repository(agent.Source?.Repository);
        var state = CursorStates.Of(agent.Status);
        return new()
        {
            Id = CursorAgentId.IsValid(agent.Id) ? agent.Id! : id,
            Agent = Agent,
            State = state,
            RawState = CursorFacts.RawState(agent.Status),
            Repository = repository,
            Name = CursorFacts.Words(agent.Name),
            WebUrl = CursorFacts.WebUrl(agent.Target?.Url),
            BranchName = CursorFacts.Branch(agent.Target?.BranchName),
            PullRequest = CursorFacts.PullRequest(agent.Target?.PrUrl, repository),
            CreatedAt = agent.CreatedAt,
            Error = state is CodingAgentState.Failed ? CursorFacts.Words(agent.Summary) : null,
        };
    }

    /// <summary>The repository that an agent of the current API works on.</summary>
    public static RepositoryRef? RepositoryOf(CursorAgentWire agent) =>
        agent.Repos?.Select(repository => CursorFacts.Repository(repository.Url)).FirstOrDefault(repository => repository is not null);

    /// <summary>A launch that was answered with a success, and without saying what was launched.</summary>
    public static ScmException WithoutId() => ScmException.From(new ScmError
    {
        Reason = ErrorReason.UnreadableResponse,
        Origin = ErrorOrigin.Platform,
        Message = "Cursor answered a launch without the id of an agent.",
    });

    /// <summary>An agent that may be a launch's, and does not show the branch by which it could be told.</summary>
    public static ScmException WithoutBranch(CodingAgentTask task, RepositoryRef repository) => ScmException.From(new ScmError
    {
        Reason = ErrorReason.Unknown,
        Origin = ErrorOrigin.Client,
        IsFateUnknown = true,
        Message = $"Whether the launch at {repository.FullName} has started an agent cannot be told: Cursor lists {task.Id} there without the name of its branch. Look at it before launching again.",
    });
}
