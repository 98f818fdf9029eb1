using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>A token that was given once and cannot be renewed: a personal access token, or one that another system minted.</summary>
public sealed class TokenCredential : IGitHubCredential
{
    private readonly GitHubToken _token;

    /// <summary>Takes a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="owner">Whose it is. A token from the service's own configuration is the operator's.</param>
    /// <exception cref="ArgumentException">The token is empty or cannot stand in a header.</exception>
    public TokenCredential(string token, CredentialOwner owner = CredentialOwner.Operator)
    {
        _token = new GitHubToken(token);
        Owner = owner;
        Identity = $"token:{_token.Fingerprint}";
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public CredentialOwner Owner { get; }

    /// <inheritdoc/>
    public bool CanRenew => false;

    /// <summary>Whether the token is an installation's, which decides what "its repositories" are (prefix <c>ghs_</c>, docs.github.com).</summary>
    internal bool IsInstallationToken => _token.Value.StartsWith("ghs_", StringComparison.Ordinal);

    /// <inheritdoc/>
    public ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default) => new(_token);

    /// <inheritdoc/>
    public void Invalidate(GitHubToken token)
    {
    }
}
