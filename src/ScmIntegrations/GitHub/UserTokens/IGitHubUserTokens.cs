using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>
/// Gets tokens of users for a GitHub App or an OAuth App: by the web flow, by the device flow, and for a refresh token.
/// GitHub answers most refusals with 200; here they are exceptions like any other.
/// </summary>
public interface IGitHubUserTokens
{
    /// <summary>The page to send a user to. Nothing is sent.</summary>
    /// <param name="authorization">What to ask for.</param>
    /// <returns>The address, with the client id; it holds no secret.</returns>
    /// <exception cref="ArgumentException">The state is blank, the redirect address is not absolute, a scope has white space, or the challenge is no S256 one.</exception>
    Uri GetAuthorizeUrl(GitHubAuthorization authorization);

    /// <summary>Exchanges the code that the user came back with. A code works once, for ten minutes: an exchange is never sent twice.</summary>
    /// <param name="code">The code: 1 to 1,024 visible ASCII characters. Check the state first.</param>
    /// <param name="redirectUri">The address that was asked for, if one was; GitHub compares.</param>
    /// <param name="codeVerifier">What the challenge was made of, if there was one: 43 to 128 characters (RFC 7636).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user's token.</returns>
    /// <exception cref="ArgumentException">The code or the verifier cannot be one; the message does not show it.</exception>
    /// <exception cref="InvalidOperationException">There is no client secret.</exception>
    /// <exception cref="ScmUnauthorizedException">
    /// The code is wrong, used or too old (of the customer), or the App's client id and secret are refused (of the operator), see <see cref="ScmError.CredentialOwner"/>.
    /// </exception>
    /// <exception cref="ScmAmbiguousWriteException">Nobody knows whether the code was used up: the user has to begin again.</exception>
    /// <exception cref="ScmException">Any other failure.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<GitHubUserToken> ExchangeCodeAsync(string code, Uri? redirectUri = null, string? codeVerifier = null, CancellationToken cancellationToken = default);

    /// <summary>Begins the device flow, for users without a browser at hand.</summary>
    /// <param name="scopes">The scopes that an OAuth App asks for; none for a GitHub App.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What to show the user, and to wait with.</returns>
    /// <exception cref="ArgumentException">A scope is empty or has white space.</exception>
    /// <exception cref="ScmException">The call failed; <see cref="ErrorReason.PlanRequired"/> when the App has not switched the flow on.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<GitHubDeviceCode> StartDeviceAsync(IReadOnlyList<string>? scopes = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits for the user to grant what was asked, at the pace that GitHub sets. Passing trouble on the way is waited out, until the
    /// code ends. GitHub gives the token once, so one wait a code.
    /// </summary>
    /// <param name="code">The flow that has begun.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The user's token.</returns>
    /// <exception cref="ScmNotAllowedException">The user has refused.</exception>
    /// <exception cref="ScmGoneException">The code has ended before the user acted.</exception>
    /// <exception cref="ScmException">Any other failure.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<GitHubUserToken> WaitForDeviceAsync(GitHubDeviceCode code, CancellationToken cancellationToken = default);

    /// <summary>
    /// Trades a refresh token for a new pair of tokens. It works once: the refresh token and the access token beside it are dead
    /// after that, so only one caller may do so, and the new pair is stored before it is used.
    /// </summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="cancellationToken">Cancels the call. Cancelled under way, nobody knows whether the token was traded.</param>
    /// <returns>The new pair.</returns>
    /// <exception cref="ScmUnauthorizedException">
    /// <see cref="ErrorReason.ReconnectRequired"/>: the refresh token is used, revoked or too old, and the user has to connect again.
    /// <see cref="ErrorReason.BadCredentials"/>: the App's own client id and secret are refused.
    /// </exception>
    /// <exception cref="ScmAmbiguousWriteException">Nobody knows whether the token was traded. It was not sent again: see first whether somebody else has the new pair.</exception>
    /// <exception cref="ScmException">Any other failure.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<GitHubUserToken> RefreshAsync(GitHubToken refreshToken, CancellationToken cancellationToken = default);
}
