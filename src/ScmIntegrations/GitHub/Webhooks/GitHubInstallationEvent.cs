namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>An installation of the App was <c>created</c>, <c>deleted</c>, <c>suspend</c>ed, <c>unsuspend</c>ed, or its <c>new_permissions_accepted</c>.</summary>
public sealed record GitHubInstallationEvent : GitHubWebhookEvent
{
    /// <summary>The login of the user or organisation that it is installed on.</summary>
    public string? Account { get; init; }

    /// <summary>The permissions it has been given, by name with their level.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The repositories it has been given; empty where GitHub names none, as on <c>suspend</c>.</summary>
    public IReadOnlyList<RepositoryRef> Repositories { get; init; } = [];

    internal override IEnumerable<RepositoryRef> Concerned => Repositories;
}
