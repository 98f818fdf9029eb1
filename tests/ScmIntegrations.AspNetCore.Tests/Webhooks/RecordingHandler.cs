using ScmIntegrations.AspNetCore.Webhooks;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>Notes what it is given, and does whatever a test wants.</summary>
internal sealed class RecordingHandler : IGitHubWebhookHandler
{
    private readonly Lock _gate = new();
    private readonly List<GitHubWebhookEvent> _handled = [];

    public IReadOnlyList<GitHubWebhookEvent> Handled
    {
        get
        {
            lock (_gate)
            {
                return [.. _handled];
            }
        }
    }

    public Func<GitHubWebhookEvent, CancellationToken, Task> OnHandle { get; set; } = (_, _) => Task.CompletedTask;

    public Task HandleAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _handled.Add(webhook);
        }

        return OnHandle(webhook, cancellationToken);
    }
}
