namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>Any other event, <c>ping</c> included: its names are there, the rest is in <see cref="GitHubWebhookEvent.Body"/>.</summary>
public sealed record GitHubOtherEvent : GitHubWebhookEvent
{
    internal override IEnumerable<RepositoryRef> Concerned => Own;
}
