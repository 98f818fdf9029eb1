namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>Repositories were <c>added</c> to an installation or <c>removed</c> from it.</summary>
public sealed record GitHubInstallationRepositoriesEvent : GitHubWebhookEvent
{
    /// <summary>The login of the user or organisation that it is installed on.</summary>
    public string? Account { get; init; }

    /// <summary>What it covers by now: <c>all</c> or <c>selected</c>.</summary>
    public string? RepositorySelection { get; init; }

    /// <summary>The repositories that came.</summary>
    public IReadOnlyList<RepositoryRef> Added { get; init; } = [];

    /// <summary>The repositories that went.</summary>
    public IReadOnlyList<RepositoryRef> Removed { get; init; } = [];

    internal override IEnumerable<RepositoryRef> Concerned => Added.Concat(Removed);
}
