using System.Globalization;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Asks GitHub for an installation's token, as the App.</summary>
internal static class InstallationTokenMint
{
    public static Task<GitHubToken> MintAsync(GitHubLine line, AppCredential app, long installationId, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        line.ExecuteAsync(ToRequest(installationId), app, (response, token) => ReadAsync(response, timeProvider, token), cancellationToken);

    public static GitHubRequest ToRequest(long installationId) =>
        GitHubRequest.Create(
            HttpMethod.Post,
            "/app/installations/{installation_id}/access_tokens",
            installationId.ToString(CultureInfo.InvariantCulture)) with
        {
            Operation = OperationClass.TokenMint,
        };

    /// <summary>Makes a token of what GitHub answered.</summary>
    /// <exception cref="WrongShapeException">It cannot stand in a header.</exception>
    public static GitHubToken ToToken(string value, DateTimeOffset expiresAt, DateTimeOffset? sentAt, DateTimeOffset now)
    {
        try
        {
            // The end is by GitHub's clock; what counts here is how long the token lives from its own date on.
            var life = expiresAt - (sentAt ?? now);
            return new GitHubToken(value, now + (life > TimeSpan.Zero ? life : TimeSpan.Zero)) { IssuedAt = now };
        }
        catch (ArgumentException exception)
        {
            throw new WrongShapeException("The minted token cannot stand in a header.", exception);
        }
    }

    private static async Task<GitHubToken> ReadAsync(GitHubResponse response, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var wire = await response.ReadJsonAsync(GitHubJson.Default.InstallationTokenWire, cancellationToken).ConfigureAwait(false);
        return ToToken(wire.Token, wire.ExpiresAt, response.Date, timeProvider.GetUtcNow());
    }
}
