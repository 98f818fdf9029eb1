using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>
/// Finds the installation of a GitHub App that a repository belongs to. Register your own to answer from what you have stored;
/// <c>AddInstallationLookup</c> asks GitHub.
/// </summary>
public interface IInstallationLookup
{
    /// <summary>Finds the installation. Part of the caller's interaction: it opens none of its own.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="installationId">The installation that the caller believes the repository belongs to; <see langword="null"/> when it does not know.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The installation; <see langword="null"/> when the App is not installed there.</returns>
    /// <exception cref="ScmException">It could not be found out. Not the same as "there is none".</exception>
    Task<GitHubInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default);
}
