namespace ScmIntegrations.Testing;

/// <summary>How a <see cref="FakeGitHub"/> writes a Copilot task. GitHub has changed it without a version, so clients meet both generations, and mixtures.</summary>
public sealed record CopilotWire
{
    /// <summary>As GitHub documents it: the bare task, with <c>state</c>, <c>updated_at</c> and objects.</summary>
    public static CopilotWire Current { get; } = new();

    /// <summary>As the API was before it was documented: the task in <c>task</c>, with <c>status</c>, <c>last_updated_at</c> and ids, and without <c>created_at</c>.</summary>
    public static CopilotWire Older { get; } = new() { IsWrapped = true, SaysStatus = true, SaysLastUpdatedAt = true, GivesIds = true, OmitsCreatedAt = true };

    /// <summary>Whether a single task stands in <c>{"task":{…}}</c>.</summary>
    public bool IsWrapped { get; init; }

    /// <summary>Whether the state is called <c>status</c>.</summary>
    public bool SaysStatus { get; init; }

    /// <summary>Whether the time of the last change is called <c>last_updated_at</c>.</summary>
    public bool SaysLastUpdatedAt { get; init; }

    /// <summary>Whether creator, owner and repository are <c>creator_id</c> and so on, instead of objects.</summary>
    public bool GivesIds { get; init; }

    /// <summary>Whether <c>created_at</c> is absent.</summary>
    public bool OmitsCreatedAt { get; init; }

    /// <summary>Whether the <c>global_id</c> of a pull request is empty, as it has been seen to be.</summary>
    public bool EmptiesGlobalId { get; init; }

    /// <summary>Whether a task without artifacts has <c>null</c> for them.</summary>
    public bool NullsArtifacts { get; init; }
}
