namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>A branch or tag was made or removed: the events <c>create</c> and <c>delete</c>. GitHub sends a push beside them, unless more than three tags came at once.</summary>
public sealed record GitHubRefEvent : GitHubWebhookEvent
{
    /// <summary>The short name, for example <c>main</c> or <c>v1.0</c>.</summary>
    public string Ref { get; init; } = "";

    /// <summary><c>branch</c> or <c>tag</c>. An open set; <see langword="null"/> when it is not told.</summary>
    public string? RefType { get; init; }

    /// <summary>Whether it was removed.</summary>
    public bool IsDeleted { get; init; }

    internal override IEnumerable<RepositoryRef> Concerned => Own;
}
