using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Accounts;

/// <summary>
/// Lets GitHub clients speak as connected accounts: the token is read from the store, renewed once for all callers and instances, and a
/// change of the account is seen within 30 seconds.
/// </summary>
public interface IConnectedAccountCredentials
{
    /// <summary>The credential of an account, for <c>GitHubIntegrationOptions.Credential</c>. Nothing is read yet, and the account need not be there yet.</summary>
    /// <param name="identity">Which account. Its credential is an <see cref="OAuthTokenCredential"/>; an access token alone serves until it ends.</param>
    /// <returns>The same credential for the same identity, as long as anybody holds it.</returns>
    IGitHubCredential For(AccountIdentity identity);
}
