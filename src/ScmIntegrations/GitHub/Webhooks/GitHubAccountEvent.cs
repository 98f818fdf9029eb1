namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>
/// An account has another name, or others belong to it: the events <c>organization</c>, <c>installation_target</c>, <c>membership</c>,
/// <c>member</c>, <c>team</c> and <c>team_add</c>.
/// </summary>
public sealed record GitHubAccountEvent : GitHubWebhookEvent
{
    /// <summary>The login of the organisation or user; <see langword="null"/> when it is not told.</summary>
    public string? Account { get; init; }

    /// <summary>The login it had before it was renamed; <see langword="null"/> when it has kept it.</summary>
    public string? PreviousAccount { get; init; }

    internal override IEnumerable<RepositoryRef> Concerned => Own;
}
