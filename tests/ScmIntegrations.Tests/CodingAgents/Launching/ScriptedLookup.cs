using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;

namespace ScmIntegrations.Tests.CodingAgents.Launching;

/// <summary>An application's own look-up of installations.</summary>
internal sealed class ScriptedLookup(Func<RepositoryRef, long?, CancellationToken, Task<RepositoryInstallation?>> find) : IInstallationLookup
{
    public static ScriptedLookup Knows(long id, string permission, string level) => new((_, _, _) => Task.FromResult<RepositoryInstallation?>(Installation(id, permission, level)));

    public static RepositoryInstallation Installation(long id, string permission, string level) => new(
        new GitHubInstallation { Id = id, Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { [permission] = level } },
        new Uri($"https://github.com/organizations/acme/settings/installations/{id}/permissions/update"));

    public Task<RepositoryInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default) =>
        find(repository, installationId, cancellationToken);
}
