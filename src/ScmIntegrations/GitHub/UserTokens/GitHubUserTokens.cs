using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.GitHub.Transport;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>The flows over their line. No interaction of their own: what they are part of is one.</summary>
internal sealed class GitHubUserTokens(GitHubHost host, GitHubUserTokenOptions options, UserTokenLine line, TimeProvider timeProvider) : IGitHubUserTokens
{
    public Uri GetAuthorizeUrl(GitHubAuthorization authorization)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        return AuthorizeAddress.Create(host.WebAddress, options.ClientId, authorization);
    }

    public Task<GitHubUserToken> ExchangeCodeAsync(string code, Uri? redirectUri = null, string? codeVerifier = null, CancellationToken cancellationToken = default)
    {
        UserTokenArguments.RequireCode(code, nameof(code));
        UserTokenArguments.RequireRedirect(redirectUri, nameof(redirectUri));
        UserTokenArguments.RequireVerifier(codeVerifier, nameof(codeVerifier));
        return options.ClientSecret is null
            ? throw new InvalidOperationException($"A code is exchanged with the App's secret, and there is none: set {nameof(GitHubUserTokenOptions.ClientSecret)} in AddGitHubUserTokens.")
            : AskForTokenAsync(UserTokenRequest.Exchange(options, code, redirectUri, codeVerifier), isStillOurs: null, cancellationToken);
    }

    public Task<GitHubDeviceCode> StartDeviceAsync(IReadOnlyList<string>? scopes = null, CancellationToken cancellationToken = default)
    {
        UserTokenArguments.RequireScopes(scopes ?? [], nameof(scopes));
        return line.ExecuteAsync(
            UserTokenRequest.StartDevice(options, scopes ?? []),
            (answer, askedAt) => DeviceCodeAnswer.Read(answer, askedAt, host.WebAddress),
            isStillOurs: null,
            cancellationToken);
    }

    public Task<GitHubUserToken> WaitForDeviceAsync(GitHubDeviceCode code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        var request = UserTokenRequest.AskDevice(options, code.DeviceCode);
        return new DeviceWait(token => AskForTokenAsync(request, isStillOurs: null, token), timeProvider).RunAsync(code, cancellationToken);
    }

    public Task<GitHubUserToken> RefreshAsync(GitHubToken refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(refreshToken);
        return AskForTokenAsync(UserTokenRequest.Refresh(options, refreshToken.Value), isStillOurs: null, cancellationToken);
    }

    /// <summary>
    /// The same for who holds the account's lock and can read its store: an attempt whose end is unknown is made once more where the
    /// store still holds the token that was sent.
    /// </summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="isStillOurs">Reads the store: whether it still holds that token. One that throws has not seen it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ScmException">As without.</exception>
    internal Task<GitHubUserToken> RefreshAsync(GitHubToken refreshToken, Func<CancellationToken, ValueTask<bool>> isStillOurs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refreshToken);
        ArgumentNullException.ThrowIfNull(isStillOurs);
        return AskForTokenAsync(UserTokenRequest.Refresh(options, refreshToken.Value), isStillOurs, cancellationToken);
    }

    private Task<GitHubUserToken> AskForTokenAsync(UserTokenRequest request, Func<CancellationToken, ValueTask<bool>>? isStillOurs, CancellationToken cancellationToken) =>
        line.ExecuteAsync(request, (answer, askedAt) => UserTokenAnswer.Read(answer, askedAt, timeProvider.GetUtcNow()), isStillOurs, cancellationToken);
}
