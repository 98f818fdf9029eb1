using System.Globalization;
using ScmIntegrations.CodingAgents.Failures;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.CodingAgents.Launching;

/// <summary>What is said of a launch that the App's installation did not allow: what it lacks, and the page that puts it right.</summary>
internal static class PermissionFailure
{
    public static CodingAgentLaunchFailure Of(LaunchFailureExplanation explained, Exception exception, CodingAgentTarget target, GitHubInstallation? installation)
    {
        var accepted = explained.Accepted(exception);
        var refused = explained.MessageFor(target.Repository) ?? SafeText.Of(exception);
        if (installation is null)
        {
            // Nobody knows what it has, so nothing is said to be missing for certain.
            return new(explained.Type, $"{refused} {ToInclude(accepted.MinBy(alternative => alternative.Count) ?? [])}") { FixUrl = explained.FixUrl };
        }

        if (installation.SuspendedAt is { } since)
        {
            return new(
                LaunchFailureType.Generic,
                string.Create(CultureInfo.InvariantCulture, $"The GitHub App's installation for {target.Repository} has been suspended since {since:yyyy-MM-dd}. Unsuspend it on its settings page."))
            {
                FixUrl = installation.SettingsUrl ?? explained.FixUrl,
            };
        }

        var missing = PermissionSet.Missing(accepted, installation.Permissions);
        return missing.Count > 0
            ? new(explained.Type, $"{refused} {ToInclude(missing)}") { MissingPermissions = missing, FixUrl = installation.PermissionsUrl ?? explained.FixUrl }
            : new(
                explained.Type,
                $"The launch at {target.Repository} was refused ({SafeText.WithoutAdvice(exception)}), although the GitHub App's installation lacks no permission for it. "
                + "Make sure that it covers the repository, and that the user may write to it.")
            {
                FixUrl = installation.SettingsUrl ?? explained.FixUrl,
            };
    }

    private static string ToInclude(IReadOnlyList<string> permissions) => permissions.Count == 0
        ? "Grant what the App asks for."
        : $"Update its permissions to include {string.Join(" and ", permissions.Select(permission => $"'{permission.Replace('=', ':')}'"))}.";
}
