namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>
/// A user has taken back what the App was allowed to do in the user's name (<c>github_app_authorization</c>, which an App always gets). All
/// tokens that the App has of the user are void. Which of your accounts the user is, only you know.
/// </summary>
public sealed record GitHubAppAuthorizationEvent : GitHubWebhookEvent
{
    /// <summary>The user's id, which outlives a renaming.</summary>
    public long UserId { get; init; }

    /// <summary>The user's login at the time; <see langword="null"/> when it is not told.</summary>
    public string? UserLogin { get; init; }

    /// <summary>Whether the authorisation is gone: the action is <c>revoked</c>, the only one so far.</summary>
    public bool IsRevoked => "revoked".Equals(Action, StringComparison.Ordinal);

    internal override IEnumerable<RepositoryRef> Concerned => Own;
}
