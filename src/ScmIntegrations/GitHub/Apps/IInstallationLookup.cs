namespace ScmIntegrations.GitHub.Apps;

/// <summary>Finds the installation of the GitHub App that covers a repository.</summary>
public interface IInstallationLookup
{
    /// <summary>Finds it.</summary>
    Task<RepositoryInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default);
}

/// <summary>An installation, and where its permissions are granted.</summary>
public sealed record RepositoryInstallation(GitHubInstallation Installation, Uri PermissionsUrl);
