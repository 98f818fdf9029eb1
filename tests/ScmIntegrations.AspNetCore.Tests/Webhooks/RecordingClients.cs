using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Tests.Webhooks;

/// <summary>Clients that note what they are told, and do whatever a test wants.</summary>
internal sealed class RecordingClients : IGitHubIntegrationClientFactory
{
    private readonly Lock _gate = new();
    private readonly List<GitHubWebhookEvent> _told = [];

    /// <summary>What all clients were told, in order.</summary>
    public IReadOnlyList<GitHubWebhookEvent> Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    public Func<GitHubWebhookEvent, ValueTask> OnTold { get; set; } = _ => default;

    public ValueTask InvalidateAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _told.Add(webhook);
        }

        return OnTold(webhook);
    }

    public IGitHubIntegrationClient GetClient(string name = "") => throw new NotSupportedException();

    public IGitHubIntegrationClient GetInstallationClient(long installationId, string name = "") => throw new NotSupportedException();

    public HttpMessageHandler CreateHandler(string name = "") => throw new NotSupportedException();

    public HttpMessageHandler CreateInstallationHandler(long installationId, string name = "") => throw new NotSupportedException();
}
