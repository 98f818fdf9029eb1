using ScmIntegrations.GitHub;

namespace ScmIntegrations.Octokit;

/// <summary>Gives Octokit on the line of any client that <see cref="IGitHubIntegrationClientFactory"/> gives.</summary>
public interface IOctokitIntegrationClientFactory
{
    /// <summary>Octokit on the line of a registered client, whether <c>AddOctokit</c> was called for that one or for another.</summary>
    /// <param name="name">The name given to <c>AddGitHub</c>; empty for the default one.</param>
    /// <returns>The same instance each time.</returns>
    /// <exception cref="InvalidOperationException">No client is registered under the name.</exception>
    IOctokitIntegrationClient GetClient(string name = "");

    /// <summary>Octokit on the line of <see cref="IGitHubIntegrationClientFactory.GetInstallationClient"/>: an installation known only at run time.</summary>
    /// <param name="installationId">The installation, above 0.</param>
    /// <param name="name">The name given to <c>AddGitHub</c>, of a client that has an App; empty for the default one.</param>
    /// <returns>The same instance as long as that client is the same. Ask for it where it is used, instead of keeping it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is below 1.</exception>
    /// <exception cref="InvalidOperationException">No client is registered under the name, or it has no App.</exception>
    IOctokitIntegrationClient GetInstallationClient(long installationId, string name = "");
}
