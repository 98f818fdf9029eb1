using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Finds clients by name in the container.</summary>
internal sealed class GitHubIntegrationClientFactory(IServiceProvider services) : IGitHubIntegrationClientFactory
{
    public IGitHubIntegrationClient GetClient(string name = "") => Find(name).Client;

    public HttpMessageHandler CreateHandler(string name = "") => new GitHubMessageHandler(Find(name).Connection);

    private GitHubComposition Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return services.GetKeyedService<GitHubComposition>(name)
            ?? throw new InvalidOperationException($"No GitHub client is registered under the name '{name}'. Call AddGitHub(\"{name}\", …) first.");
    }
}
