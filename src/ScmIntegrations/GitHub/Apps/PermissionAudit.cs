using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>Holds an installation against the permissions that are wanted of it.</summary>
internal static class PermissionAudit
{
    public static InstallationAudit Of(GitHubInstallation installation, IReadOnlyDictionary<string, string> wanted, GitHubHost host)
    {
        var missing = new List<PermissionGap>();
        var warnings = new List<string>();
        foreach (var (scope, level) in wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var actual = installation.Permissions.GetValueOrDefault(scope);
            if (PermissionSet.IsCovered(actual, level) is not { } isGranted)
            {
                warnings.Add(Redaction.Clean($"{scope}: '{level}' is wanted and '{actual ?? "nothing"}' granted; not every level is one of read, write and admin, so this is not held against the installation."));
            }
            else if (!isGranted && actual is null && PermissionReach.Excuse(scope, installation.TargetType) is { } excuse)
            {
                warnings.Add($"{scope}={level} is not granted, and {excuse}.");
            }
            else if (!isGranted)
            {
                missing.Add(new PermissionGap(scope, level, actual));
            }
        }

        return new InstallationAudit { Installation = installation, Missing = missing, Warnings = warnings, FixUrl = FixPage(installation, missing.Count > 0, host) };
    }

    private static Uri? FixPage(GitHubInstallation installation, bool lacks, GitHubHost host) =>
        installation.SuspendedAt is not null ? InstallationPages.ForSettings(host, installation)
        : lacks ? InstallationPages.ForPermissions(host, installation)
        : null;
}
