using System.Globalization;
using System.Text.RegularExpressions;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>
/// The pages on which an installation is put right. An organisation's installation has its page below the organisation, a user's
/// below the user's own settings; the user's form leads nowhere for an organisation. Which of them, nobody can say without the
/// kind of account, so then it is the list of installations.
/// </summary>
internal static class InstallationPages
{
    // The page of pending permissions is not documented, and used by many; where nothing is pending, GitHub leads to the installation's own.
    private const string PermissionsPart = "/permissions/update";
    private const string List = "settings/installations/";

    /// <summary>The list of installations, for one that is not known.</summary>
    public static Uri ForAll(GitHubHost host) => new(host.WebAddress, List);

    /// <summary>Where the permissions are granted that an installation lacks.</summary>
    public static Uri ForPermissions(GitHubHost host, GitHubInstallation installation) => Find(host, installation, PermissionsPart);

    /// <summary>The installation's own page: its repositories, and where a suspension is lifted.</summary>
    public static Uri ForSettings(GitHubHost host, GitHubInstallation installation) => Find(host, installation, "");

    /// <summary>By the kind of account; where that is not told, or is an enterprise, by the page that the answer names, if it is that of this installation.</summary>
    private static Uri Find(GitHubHost host, GitHubInstallation installation, string part)
    {
        var id = installation.Id.ToString(CultureInfo.InvariantCulture);
        var path = (installation.TargetType ?? installation.Account?.Type)?.ToUpperInvariant() switch
        {
            _ when installation.Id <= 0 => List,
            "ORGANIZATION" when RepositoryRef.IsLogin(installation.Account?.Login) => $"organizations/{installation.Account!.Login}/settings/installations/{id}{part}",
            "USER" => $"settings/installations/{id}{part}",
            _ when installation.HtmlUrl is { } named && host.IsPage(named) && Named(id).IsMatch(named.AbsolutePath) => named.AbsolutePath + part,
            _ => List,
        };
        return new Uri(host.WebAddress, path);
    }

    private static Regex Named(string id) =>
        new($"^(/(organizations|enterprises)/[A-Za-z0-9_-]+)?/settings/installations/{id}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
