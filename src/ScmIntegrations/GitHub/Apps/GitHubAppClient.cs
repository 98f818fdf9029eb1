using System.Globalization;
using System.Runtime.CompilerServices;
using ScmIntegrations.GitHub.Paging;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>The App's operations: each names itself and its request.</summary>
/// <param name="app">A connection that speaks as the App.</param>
/// <param name="installations">Reads one installation.</param>
/// <param name="tokens">Mints.</param>
/// <param name="walk">Reads lists.</param>
internal sealed class GitHubAppClient(GitHubConnection app, InstallationReader installations, ScopedTokenMint tokens, PageWalk walk) : IGitHubAppClient
{
    public Task<GitHubAppRegistration> GetAppAsync(CancellationToken cancellationToken = default) =>
        app.Interactions.RunAsync(app.Describe("get_app"), _ => ReadAppAsync(cancellationToken), cancellationToken);

    public async IAsyncEnumerable<GitHubInstallation> ListInstallationsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Made anew for every enumeration: a list remembers what it has given.
        await foreach (var installation in walk.WalkAsync(Installations("list_installations"), cancellationToken).ConfigureAwait(false))
        {
            yield return installation;
        }
    }

    public Task<GitHubInstallation> GetInstallationAsync(long installationId, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(installationId);
        return app.Interactions.RunAsync(
            app.Describe("get_installation"),
            _ => installations.ReadAsync(InstallationReader.ById(installationId), cancellationToken),
            cancellationToken);
    }

    public Task<GitHubInstallation?> FindRepositoryInstallationAsync(RepositoryRef repository, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return FindAsync("find_repository_installation", InstallationReader.OfRepository(repository), cancellationToken, repository);
    }

    public Task<GitHubInstallation?> FindOrganizationInstallationAsync(string organization, CancellationToken cancellationToken = default) =>
        FindAsync("find_organization_installation", InstallationReader.OfOrganization(RepositoryRef.Check(organization, nameof(organization))), cancellationToken);

    public Task<GitHubInstallation?> FindUserInstallationAsync(string user, CancellationToken cancellationToken = default) =>
        FindAsync("find_user_installation", InstallationReader.OfUser(RepositoryRef.Check(user, nameof(user))), cancellationToken);

    public Task<GitHubInstallationToken> CreateInstallationTokenAsync(long installationId, InstallationTokenScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(installationId);
        var wire = scope?.ToWire(nameof(scope));
        return app.Interactions.RunAsync(app.Describe("create_installation_token"), _ => tokens.MintAsync(installationId, wire, cancellationToken), cancellationToken);
    }

    public IAsyncEnumerable<InstallationAudit> AuditInstallationsAsync(IReadOnlyDictionary<string, string>? required = null, CancellationToken cancellationToken = default)
    {
        PermissionNames.Check(required, nameof(required));
        return AuditAsync(required, cancellationToken);
    }

    private async IAsyncEnumerable<InstallationAudit> AuditAsync(IReadOnlyDictionary<string, string>? wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = Installations("audit_installations") with
        {
            Prepare = async token => wanted ??= (await ReadAppAsync(token).ConfigureAwait(false)).Permissions,
        };
        await foreach (var installation in walk.WalkAsync(list, cancellationToken).ConfigureAwait(false))
        {
            yield return PermissionAudit.Of(installation, wanted!, app.Host);
        }
    }

    private Task<GitHubAppRegistration> ReadAppAsync(CancellationToken cancellationToken) => app.SendAsync(
        GitHubRequest.Get("/app"),
        static (response, token) => response.ReadJsonAsync(GitHubJson.Default.GitHubAppRegistration, token),
        cancellationToken);

    private Task<GitHubInstallation?> FindAsync(string operation, GitHubRequest request, CancellationToken cancellationToken, RepositoryRef? repository = null) =>
        app.Interactions.RunAsync(app.Describe(operation, repository), _ => installations.FindAsync(request, cancellationToken), cancellationToken);

    private PagedList<GitHubInstallation> Installations(string operation)
    {
        var seen = new HashSet<long>();
        var first = GitHubRequest.Get("/app/installations").WithQuery("per_page", app.Options.PageSize.ToString(CultureInfo.InvariantCulture));
        return new(operation, first, async (response, token) =>
        {
            var (page, unreadable) = await InstallationWire.ReadPageAsync(response, app.Host, token).ConfigureAwait(false);
            if (unreadable > 0)
            {
                installations.Warn("entries of a list of installations that could not be read were left out", null);
            }

            return (page, null);
        })
        {
            Name = "installations",
            Entries = "installations",
            IsNew = installation => seen.Add(installation.Id),
        };
    }
}
