using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>Calls a delegate for events of one type.</summary>
internal sealed class DelegateHandler<TEvent>(IServiceProvider services, Func<IServiceProvider, TEvent, CancellationToken, Task> handle) : IGitHubWebhookHandler
    where TEvent : GitHubWebhookEvent
{
    public Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default) =>
        webhook is TEvent wanted ? handle(services, wanted, cancellationToken) : Task.CompletedTask;
}
