namespace ScmIntegrations.CodingAgents.Cursor;

/// <summary>A change of an agent's status, as Cursor told it: a hint, and <see cref="ICodingAgentClient.GetAsync"/> tells what is.</summary>
/// <param name="Task">
/// The task as the delivery shows it. A status that is new is <see cref="CodingAgentState.Unknown"/>, with Cursor's word in
/// <see cref="CodingAgentTask.RawState"/>; a pull request is there only when the agent has finished, and it is one of the same repository.
/// </param>
public sealed record CursorStatusChange(CodingAgentTask Task)
{
    /// <summary>When Cursor sent it, by Cursor's clock; <see langword="null"/> when it does not say.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>What the agent says it did.</summary>
    public string? Summary { get; init; }

    /// <summary>The id of the delivery; <see langword="null"/> when none was sent. It is not signed.</summary>
    public string? DeliveryId { get; init; }
}
