using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>Reads installations as the App, within whatever interaction is open.</summary>
internal sealed class InstallationReader(GitHubConnection app)
{
    public static GitHubRequest ById(long installationId) =>
        GitHubRequest.Get("/app/installations/{installation_id}", installationId.ToString(CultureInfo.InvariantCulture));

    public static GitHubRequest OfRepository(RepositoryRef repository) =>
        GitHubRequest.Get("/repos/{owner}/{repo}/installation", repository.Owner, repository.Name);

    public static GitHubRequest OfOrganization(string organization) => GitHubRequest.Get("/orgs/{org}/installation", organization);

    public static GitHubRequest OfUser(string user) => GitHubRequest.Get("/users/{username}/installation", user);

    /// <summary>The installation that a request leads to.</summary>
    /// <exception cref="ScmException">There is none (404), or it could not be read.</exception>
    public Task<GitHubInstallation> ReadAsync(GitHubRequest request, CancellationToken cancellationToken) =>
        app.SendAsync(request, (response, token) => InstallationWire.ReadAsync(response, app.Host, token), cancellationToken);

    /// <summary>Tells of a trouble that was handled.</summary>
    public void Warn(string what, Exception? exception) => app.Interactions.Current?.ReportWarning(what, exception);

    /// <summary>The installation that a request leads to; <see langword="null"/> when there is none.</summary>
    /// <exception cref="ScmException">It could not be read. A 404 to an App that GitHub does not know is such an error.</exception>
    public async Task<GitHubInstallation?> FindAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException missing) when (missing is { Origin: ErrorOrigin.GitHub, Reason: ErrorReason.NotFound or ErrorReason.InstallationGone })
        {
            return null;
        }
    }
}
