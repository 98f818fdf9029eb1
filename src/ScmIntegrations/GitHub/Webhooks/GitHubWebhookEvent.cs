namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>
/// Something that happened on GitHub: a <see cref="GitHubPushEvent"/>, <see cref="GitHubRepositoryEvent"/>,
/// <see cref="GitHubRefEvent"/>, <see cref="GitHubInstallationEvent"/>, <see cref="GitHubInstallationRepositoriesEvent"/>,
/// <see cref="GitHubAccountEvent"/>, <see cref="GitHubAppAuthorizationEvent"/>, or any other as <see cref="GitHubOtherEvent"/>.
/// </summary>
/// <remarks>Events come late, twice, out of order, or not at all: take one as a hint that something has changed, and ask what it is now.</remarks>
public abstract record GitHubWebhookEvent
{
    /// <summary>The name of the event, for example <c>push</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>What was done, for example <c>created</c>. An open set; <see langword="null"/> for events without actions.</summary>
    public string? Action { get; init; }

    /// <summary>The id of the delivery, to tell one that came before; <see langword="null"/> when none was sent. It is not signed.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>The installation that the delivery is for; <see langword="null"/> for the webhook of a repository or organisation.</summary>
    public long? InstallationId { get; init; }

    /// <summary>The repository; <see langword="null"/> for events that concern none.</summary>
    public RepositoryRef? Repository { get; init; }

    /// <summary>The repository's id, which outlives a renaming.</summary>
    public long? RepositoryId { get; init; }

    /// <summary>The repository's default branch at the time.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>The whole body as it was signed, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The repositories that it concerns.</summary>
    internal abstract IEnumerable<RepositoryRef> Concerned { get; }

    private protected IEnumerable<RepositoryRef> Own => Repository is null ? [] : [Repository];
}
