namespace ScmIntegrations.Testing;

/// <summary>One run of the agent for a task.</summary>
internal sealed record FakeCopilotSession(string Id, string Prompt, DateTimeOffset CreatedAt)
{
    public string State { get; init; } = "queued";

    public string? Error { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;
}
