using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Gives the token for a request. Asked before every attempt, by many callers at once.</summary>
public interface IGitHubCredential
{
    /// <summary>
    /// Who this is, without a secret and the same for the life of the credential, for example <c>installation:42</c>.
    /// Limits and caches are kept apart by it.
    /// </summary>
    string Identity { get; }

    /// <summary>Who has to act when GitHub refuses the credential.</summary>
    CredentialOwner Owner { get; }

    /// <summary>Whether <see cref="Invalidate"/> leads to another token.</summary>
    bool CanRenew { get; }

    /// <summary>The token to send.</summary>
    /// <param name="cancellationToken">Ends this caller's wait, nobody else's.</param>
    /// <returns>A token that should be accepted now.</returns>
    /// <exception cref="ScmException">No token could be had; the request is then not sent.</exception>
    ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default);

    /// <summary>Says that GitHub refused a token. Only the token now in use is dropped, so a late complaint about an old one does no harm.</summary>
    /// <param name="token">The refused token.</param>
    void Invalidate(GitHubToken token);
}
