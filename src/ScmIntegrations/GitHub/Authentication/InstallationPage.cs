using System.Globalization;
using ScmIntegrations.Caching;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Interactions;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Finds the page on which an installation's permissions are granted. Asked of GitHub, because the page of an organisation and that of a user differ.</summary>
internal sealed class InstallationPage(GitHubHost host, GitHubLine line, AppCredential app, long installationId, TimeProvider timeProvider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromMinutes(1);

    private readonly SingleFlight<long, Uri?> _flight = new();
    private Box? _known;

    /// <summary>Describes the installation, as the App.</summary>
    public Task<GitHubInstallation> ReadAsync(CancellationToken cancellationToken) =>
        line.ExecuteAsync(
            GitHubRequest.Get("/app/installations/{installation_id}", installationId.ToString(CultureInfo.InvariantCulture)),
            app,
            static (response, token) => response.ReadJsonAsync(GitHubJson.Default.GitHubInstallation, token),
            cancellationToken);

    /// <summary>The page that grants a missing permission; <see langword="null"/> when it could not be found, which is reported as a handled trouble.</summary>
    public async Task<Uri?> FindPermissionsPageAsync(InteractionScope? scope, CancellationToken cancellationToken)
    {
        if (_known is { } known && known.Page.IsFresh(timeProvider.GetUtcNow()))
        {
            return known.Page.Value;
        }

        try
        {
            return await _flight.RunAsync(installationId, AskAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (ScmException exception)
        {
            // The caller already has an error to report; this must not take its place.
            Remember(null, FailureLifetime);
            scope?.ReportWarning("the installation's page could not be looked up", exception);
            return null;
        }
    }

    private async Task<Uri?> AskAsync(CancellationToken cancellationToken)
    {
        var installation = await ReadAsync(cancellationToken).ConfigureAwait(false);

        // Not documented, and used by many; where it is missing, GitHub leads to the installation's own page.
        var page = installation.HtmlUrl is { IsAbsoluteUri: true, Scheme: "https", UserInfo: "" } address && IsOfThisGitHub(address)
            ? new Uri(address.AbsoluteUri.TrimEnd('/') + "/permissions/update")
            : null;
        Remember(page, Lifetime);
        return page;
    }

    /// <summary>A page is shown to people, so it must not lead elsewhere. A GitHub on this machine plays github.com.</summary>
    private bool IsOfThisGitHub(Uri address) =>
        host.ApiAddress.IsLoopback || string.Equals(address.IdnHost, host.WebAddress.IdnHost, StringComparison.OrdinalIgnoreCase);

    private void Remember(Uri? page, TimeSpan lifetime)
    {
        var now = timeProvider.GetUtcNow();
        Volatile.Write(ref _known, new Box(new Aged<Uri?>(page, now, now + lifetime)));
    }

    private sealed record Box(Aged<Uri?> Page);
}
