using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Apps;

/// <summary>Mints a token that is narrowed to what somebody needs.</summary>
internal sealed class ScopedTokenMint(GitHubConnection app, TimeProvider timeProvider)
{
    public Task<GitHubInstallationToken> MintAsync(long installationId, InstallationTokenScopeWire? scope, CancellationToken cancellationToken)
    {
        var request = InstallationTokenMint.ToRequest(installationId);
        return app.SendAsync(
            scope is null ? request : request.WithJson(scope, GitHubJson.Default.InstallationTokenScopeWire),
            (response, token) => ReadAsync(response, scope, token),
            cancellationToken);
    }

    private async Task<GitHubInstallationToken> ReadAsync(GitHubResponse response, InstallationTokenScopeWire? scope, CancellationToken cancellationToken)
    {
        var wire = await response.ReadJsonAsync(GitHubJson.Default.GrantedTokenWire, cancellationToken).ConfigureAwait(false);

        // GitHub ignores what it does not know. Nobody may hand on a token that opens everything, believing it narrow.
        if (scope is { Repositories: not null } or { RepositoryIds: not null } && wire.RepositorySelection is "all")
        {
            throw new WrongShapeException("The minted token was not narrowed to the repositories that were asked for.");
        }

        var minted = InstallationTokenMint.ToToken(wire.Token, wire.ExpiresAt, response.Date, timeProvider.GetUtcNow());
        return new GitHubInstallationToken
        {
            Token = minted,
            ExpiresAt = minted.ExpiresAt!.Value,
            Permissions = wire.Permissions ?? new Dictionary<string, string>(StringComparer.Ordinal),
            RepositorySelection = wire.RepositorySelection,
            Repositories = wire.Repositories ?? [],
        };
    }
}
