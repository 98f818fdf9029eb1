using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

/// <summary>An application's own look-up of installations.</summary>
internal sealed class ScriptedLookup(Func<RepositoryRef, long?, CancellationToken, Task<GitHubInstallation?>> find) : IInstallationLookup
{
    public static ScriptedLookup Knows(long id, string permission, string level) => new((_, _, _) => Task.FromResult<GitHubInstallation?>(Installation(id, permission, level)));

    public static GitHubInstallation Installation(long id, string permission, string level) => new()
    {
        Id = id,
        Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { [permission] = level },
        SettingsUrl = new($"https://github.com/organizations/acme/settings/installations/{id}"),
        PermissionsUrl = new($"https://github.com/organizations/acme/settings/installations/{id}/permissions/update"),
    };

    public Task<GitHubInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default) =>
        find(repository, installationId, cancellationToken);
}
