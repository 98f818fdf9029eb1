namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>
/// A repository was <c>created</c>, <c>deleted</c>, <c>renamed</c>, <c>transferred</c>, <c>archived</c>, <c>unarchived</c>,
/// <c>privatized</c>, <c>publicized</c> or <c>edited</c>; other actions may follow.
/// </summary>
public sealed record GitHubRepositoryEvent : GitHubWebhookEvent
{
    /// <summary>The full name it had before it was renamed or transferred; <see langword="null"/> when it has kept it.</summary>
    public RepositoryRef? PreviousRepository { get; init; }

    /// <summary>The default branch it had before; <see langword="null"/> when it has kept it.</summary>
    public string? PreviousDefaultBranch { get; init; }

    internal override IEnumerable<RepositoryRef> Concerned => PreviousRepository is null ? Own : Own.Append(PreviousRepository);
}
