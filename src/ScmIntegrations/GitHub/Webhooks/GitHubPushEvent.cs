namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>A branch or tag has moved, come or gone. Of more than three tags pushed at once GitHub sends none of the events.</summary>
public sealed record GitHubPushEvent : GitHubWebhookEvent
{
    private const string Branches = "refs/heads/";
    private const string Tags = "refs/tags/";

    /// <summary>The full name of the ref, for example <c>refs/heads/main</c>.</summary>
    public string Ref { get; init; } = "";

    /// <summary>The commit it pointed to before; zeros when it is new.</summary>
    public string Before { get; init; } = "";

    /// <summary>The commit it points to now; zeros when it is gone.</summary>
    public string After { get; init; } = "";

    /// <summary>Whether the ref is new.</summary>
    public bool IsCreated { get; init; }

    /// <summary>Whether the ref is gone.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Whether the push threw commits away.</summary>
    public bool IsForced { get; init; }

    /// <summary>The branch; <see langword="null"/> for a tag.</summary>
    public string? BranchName => Below(Branches);

    /// <summary>The tag; <see langword="null"/> for a branch.</summary>
    public string? TagName => Below(Tags);

    internal override IEnumerable<RepositoryRef> Concerned => Own;

    private string? Below(string prefix) => Ref.StartsWith(prefix, StringComparison.Ordinal) ? Ref[prefix.Length..] : null;
}
