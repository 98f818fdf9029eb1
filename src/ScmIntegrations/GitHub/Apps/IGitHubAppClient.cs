using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>
/// What a GitHub App sees of itself: its registration, where it is installed, and what was granted there. Every operation is an
/// interaction. Registered by <c>AddGitHub</c> for clients that have an App (<c>UseApp</c>, <c>UseInstallation</c>), under the client's key.
/// </summary>
/// <remarks>What GitHub refuses or what goes wrong on the way is a <see cref="ScmException"/>.</remarks>
public interface IGitHubAppClient
{
    /// <summary>Describes the App: <c>GET /app</c>.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The App.</returns>
    Task<GitHubAppRegistration> GetAppAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the App's installations as their pages arrive, each once: <c>GET /app/installations</c>. The listing is one interaction.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The installations, suspended ones too.</returns>
    /// <exception cref="ScmIncompleteListException">After everything that was read: the list ended early.</exception>
    IAsyncEnumerable<GitHubInstallation> ListInstallationsAsync(CancellationToken cancellationToken = default);

    /// <summary>Describes one installation.</summary>
    /// <param name="installationId">The installation; above 0.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The installation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="installationId"/> is not above 0.</exception>
    /// <exception cref="ScmInstallationException">There is none (<see cref="ErrorReason.InstallationGone"/>).</exception>
    Task<GitHubInstallation> GetInstallationAsync(long installationId, CancellationToken cancellationToken = default);

    /// <summary>Finds the installation that covers a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The installation; <see langword="null"/> when none covers it, or the repository does not exist.</returns>
    Task<GitHubInstallation?> FindRepositoryInstallationAsync(RepositoryRef repository, CancellationToken cancellationToken = default);

    /// <summary>Finds the installation on an organisation.</summary>
    /// <param name="organization">The organisation's login.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The installation; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentException">The login is not valid.</exception>
    Task<GitHubInstallation?> FindOrganizationInstallationAsync(string organization, CancellationToken cancellationToken = default);

    /// <summary>Finds the installation on a user's account.</summary>
    /// <param name="user">The user's login.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The installation; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentException">The login is not valid.</exception>
    Task<GitHubInstallation?> FindUserInstallationAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Mints a token of an installation, for example to hand a narrow one to another process. A client made with <c>UseInstallation</c> mints its own.</summary>
    /// <param name="installationId">The installation; above 0.</param>
    /// <param name="scope">What the token is narrowed to; <see langword="null"/> for everything that the installation has.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token, and what GitHub says that it opens.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="installationId"/> is not above 0.</exception>
    /// <exception cref="ArgumentException">The scope is empty, too large, or of several owners.</exception>
    /// <exception cref="ScmPermissionException">A permission was asked for that the installation does not have.</exception>
    /// <exception cref="ScmNotFoundException">A repository was named that the installation does not cover.</exception>
    /// <exception cref="ScmInstallationException">The installation is suspended or gone.</exception>
    Task<GitHubInstallationToken> CreateInstallationTokenAsync(long installationId, InstallationTokenScope? scope = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Holds every installation against the permissions that are wanted, and says who lacks what and where it is granted. Customers
    /// who installed the App before a permission was added have not granted it, until an administrator of theirs does. The audit is one interaction.
    /// </summary>
    /// <param name="required">The permissions by name with their level; <see langword="null"/> for what the App is registered with (<c>GET /app</c>).</param>
    /// <param name="cancellationToken">Ends the audit.</param>
    /// <returns>A record for every installation, as the pages arrive.</returns>
    /// <exception cref="ArgumentException"><paramref name="required"/> is empty, or a name or level in it is blank.</exception>
    /// <exception cref="ScmIncompleteListException">After everything that was read: the list ended early.</exception>
    IAsyncEnumerable<InstallationAudit> AuditInstallationsAsync(IReadOnlyDictionary<string, string>? required = null, CancellationToken cancellationToken = default);
}
