using ScmIntegrations.GitHub.UserTokens;

namespace ScmIntegrations.Accounts;

/// <summary>Connects a user who has just granted a token.</summary>
public static class GitHubUserTokenExtensions
{
    /// <summary>What a flow or a refresh has brought, as the credential of an account.</summary>
    /// <param name="token">The tokens.</param>
    /// <returns>The credential: what the tokens do not have, such as a refresh token, is absent, so that it keeps what an account has.</returns>
    public static OAuthTokenCredential ToAccountCredential(this GitHubUserToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new()
        {
            AccessToken = new(token.AccessToken.Value),
            AccessTokenExpiresAt = token.AccessToken.ExpiresAt,
            RefreshToken = token.RefreshToken is { } refresh ? new(refresh.Value) : null,
            RefreshTokenExpiresAt = token.RefreshToken?.ExpiresAt,
            Scopes = token.Scopes.Count > 0 ? token.Scopes : null,
        };
    }
}
