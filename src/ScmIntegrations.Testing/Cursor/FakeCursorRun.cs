namespace ScmIntegrations.Testing;

/// <summary>One prompt and what an agent of a <see cref="FakeCursor"/> makes of it.</summary>
public sealed class FakeCursorRun
{
    internal FakeCursorRun(string id, string prompt, DateTimeOffset createdAt)
    {
        Id = id;
        Prompt = prompt;
        CreatedAt = createdAt;
        UpdatedAt = createdAt;
    }

    /// <summary>The id, <c>run-</c> and a UUID.</summary>
    public string Id { get; }

    /// <summary>What was asked.</summary>
    public string Prompt { get; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>The status in Cursor's word: <c>CREATING</c>, <c>RUNNING</c>, <c>FINISHED</c>, <c>ERROR</c>, <c>CANCELLED</c>, <c>EXPIRED</c>, or whatever a test has set.</summary>
    public string Status { get; internal set; } = "CREATING";

    /// <summary>The agent's last words.</summary>
    public string? Result { get; internal set; }

    internal bool IsActive => Status is "CREATING" or "RUNNING";
}
