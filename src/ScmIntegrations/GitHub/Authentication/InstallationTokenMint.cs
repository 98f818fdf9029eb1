using System.Globalization;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Asks GitHub for an installation's token, as the App.</summary>
internal static class InstallationTokenMint
{
    public static Task<GitHubToken> MintAsync(GitHubLine line, AppCredential app, long installationId, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var request = GitHubRequest.Create(
            HttpMethod.Post,
            "/app/installations/{installation_id}/access_tokens",
            installationId.ToString(CultureInfo.InvariantCulture)) with
        {
            Operation = OperationClass.TokenMint,
        };
        return line.ExecuteAsync(request, app, (response, token) => ReadAsync(response, timeProvider, token), cancellationToken);
    }

    private static async Task<GitHubToken> ReadAsync(GitHubResponse response, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var wire = await response.ReadJsonAsync(GitHubJson.Default.InstallationTokenWire, cancellationToken).ConfigureAwait(false);
        var now = timeProvider.GetUtcNow();
        try
        {
            // The end is by GitHub's clock; what counts here is how long the token lives from its own date on.
            var life = wire.ExpiresAt - (response.Date ?? now);
            return new GitHubToken(wire.Token, now + (life > TimeSpan.Zero ? life : TimeSpan.Zero)) { IssuedAt = now };
        }
        catch (ArgumentException exception)
        {
            throw new WrongShapeException("The minted token cannot stand in a header.", exception);
        }
    }
}
