using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.GitHub.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Finds clients by name in the container.</summary>
internal sealed class GitHubIntegrationClientFactory(IServiceProvider services) : IGitHubIntegrationClientFactory
{
    public IGitHubIntegrationClient GetClient(string name = "") => Find(name).Client;

    public HttpMessageHandler CreateHandler(string name = "") => new GitHubMessageHandler(Find(name).Connection);

    public IGitHubIntegrationClient GetInstallationClient(long installationId, string name = "") => throw new NotSupportedException();

    public HttpMessageHandler CreateInstallationHandler(long installationId, string name = "") => throw new NotSupportedException();

    public ValueTask InvalidateAsync(GitHubWebhookEvent webhook, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public GitHubClientStatus GetStatus(string name = "") => Find(name).GetStatus();

    private GitHubComposition Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return services.GetKeyedService<GitHubComposition>(name)
            ?? throw new InvalidOperationException($"No GitHub client is registered under the name '{name}'. Call AddGitHub(\"{name}\", …) first.");
    }
}
