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

    /// <summary>Where the permissions are granted that an installation lacks.</summary>
    /// <param name="host">Which GitHub.</param>
    /// <param name="installationId">The installation; <see langword="null"/> when it is not known.</param>
    /// <param name="account">The login of the account it is on.</param>
    /// <param name="targetType"><c>Organization</c> or <c>User</c>.</param>
    public static Uri ForPermissions(GitHubHost host, long? installationId, string? account, string? targetType) =>
        Find(host, installationId, account, targetType, PermissionsPart);

    /// <summary>Where the permissions are granted that an installation lacks.</summary>
    public static Uri ForPermissions(GitHubHost host, GitHubInstallation installation) => Find(host, installation, PermissionsPart);

    /// <summary>The installation's own page: its repositories, and where a suspension is lifted.</summary>
    public static Uri ForSettings(GitHubHost host, GitHubInstallation installation) => Find(host, installation, "");

    /// <summary>The installation's own page: its repositories, and where a suspension is lifted.</summary>
    public static Uri ForSettings(GitHubHost host, long? installationId, string? account, string? targetType) =>
        Find(host, installationId, account, targetType, "");

    /// <summary>By the kind of account; where that is not told, or is an enterprise, by the page that the answer names, if it is that of this installation.</summary>
    private static Uri Find(GitHubHost host, GitHubInstallation installation, string part)
    {
        var page = Find(host, installation.Id, installation.Account?.Login, installation.TargetType ?? installation.Account?.Type, part);
        return page.AbsolutePath.EndsWith(List, StringComparison.Ordinal) && installation.HtmlUrl is { } named && host.IsPage(named) && Named(installation.Id).IsMatch(named.AbsolutePath)
            ? new Uri(host.WebAddress, named.AbsolutePath + part)
            : page;
    }

    private static Regex Named(long id) =>
        new($"^(/(organizations|enterprises)/[A-Za-z0-9_-]+)?/settings/installations/{id.ToString(CultureInfo.InvariantCulture)}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static Uri Find(GitHubHost host, long? installationId, string? account, string? targetType, string part)
    {
        var id = installationId is > 0 and var known ? known.ToString(CultureInfo.InvariantCulture) : null;
        var path = (id, targetType?.ToUpperInvariant()) switch
        {
            (not null, "ORGANIZATION") when RepositoryRef.IsLogin(account) => $"organizations/{account}/settings/installations/{id}{part}",
            (not null, "USER") => $"settings/installations/{id}{part}",
            _ => List,
        };
        return new Uri(host.WebAddress, path);
    }
}
