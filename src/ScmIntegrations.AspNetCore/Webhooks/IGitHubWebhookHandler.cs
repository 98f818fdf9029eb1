using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>
/// Is called for every delivery that was verified and had not been handled before, after the clients have forgotten what it makes untrue. Any
/// number can be registered; one that throws does not keep the others from being called.
/// </summary>
/// <remarks>
/// Deliveries come late, twice, out of order, or not at all, and one that failed can be sent again: do the same for the same event. What takes
/// longer than the answer waits (<see cref="GitHubWebhookOptions.AnswerTimeout"/>) goes on in memory, and is lost when the process dies: store what must not be lost.
/// </remarks>
public interface IGitHubWebhookHandler
{
    /// <summary>Handles an event.</summary>
    /// <param name="webhook">The event; its type says which (<see cref="GitHubPushEvent"/> and so on).</param>
    /// <param name="cancellationToken">Is cancelled when it has taken too long, or when the application has no more time to end. Whoever goes on after that does so without its services.</param>
    /// <returns>A task that completes when the event is handled. If it fails, the delivery has failed, and can be sent again.</returns>
    Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default);
}
