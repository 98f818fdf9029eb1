using System.Runtime.ExceptionServices;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Finds clients by name in the container, and those of installations below them.</summary>
internal sealed class GitHubIntegrationClientFactory(IServiceProvider services, ComposedClients composed) : IGitHubIntegrationClientFactory
{
    public IGitHubIntegrationClient GetClient(string name = "") => Find(name).Client;

    public IGitHubIntegrationClient GetInstallationClient(long installationId, string name = "") => Find(installationId, name).Client;

    public HttpMessageHandler CreateHandler(string name = "") => new GitHubMessageHandler(Find(name).Connection);

    public HttpMessageHandler CreateInstallationHandler(long installationId, string name = "") => new GitHubMessageHandler(Find(installationId, name).Connection);

    public GitHubClientStatus GetStatus(string name = "") => Find(name).GetStatus();

    public async ValueTask InvalidateAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        cancellationToken.ThrowIfCancellationRequested();
        var failures = new List<Exception>();
        foreach (var composition in composed.All())
        {
            try
            {
                await composition.Client.InvalidateAsync(webhook, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever one of them met, the others must not go on with what is not true any more.
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures.Count == 1 ? failures[0] : new AggregateException(failures));
        }
    }

    private GitHubComposition Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return services.GetKeyedService<GitHubComposition>(name)
            ?? throw new InvalidOperationException($"No GitHub client is registered under the name '{name}'. Call AddGitHub(\"{name}\", …) first.");
    }

    private GitHubComposition Find(long installationId, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(installationId);
        return Find(name).For(installationId);
    }
}
