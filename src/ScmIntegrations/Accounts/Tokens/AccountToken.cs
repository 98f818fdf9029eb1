using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.Accounts.Tokens;

/// <summary>The token of an account, as it was stored at one moment.</summary>
/// <param name="Account">The account.</param>
/// <param name="Token">Its access token.</param>
/// <param name="RefreshToken">What renews it, once; <see langword="null"/> when nothing does.</param>
internal sealed record AccountToken(StoredAccount Account, GitHubToken Token, GitHubToken? RefreshToken)
{
    // A request must not set out with a token that ends under way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The reason of an account whose refresh token was refused.</summary>
    public const string RefreshRefused = "bad_refresh_token";

    /// <summary>Whether requests can be made with it.</summary>
    public bool Serves(DateTimeOffset now) => Token.ExpiresAt is not { } end || end > now + Margin;

    /// <summary>Whether its end has come.</summary>
    public bool HasEnded(DateTimeOffset now) => Token.ExpiresAt <= now;

    /// <summary>Whether a refresh can bring another one: there is a refresh token that has not been refused.</summary>
    public bool CanRenew => RefreshToken is not null && !RefreshRefused.Equals(Account.StatusReason, StringComparison.Ordinal);

    /// <summary>Whether an account still has the credential that was read. One that was deleted and connected anew counts its versions anew.</summary>
    public bool IsOf(StoredAccount account) => IsOfSameAccount(account) && account.CredentialVersion == Account.CredentialVersion;

    /// <summary>Whether it is the account that was read, and not one that was connected after that was deleted.</summary>
    public bool IsOfSameAccount(StoredAccount account) => account.Id.Equals(Account.Id, StringComparison.Ordinal);

    /// <summary>Whether it is this token.</summary>
    public bool Is(GitHubToken? token) => token is not null && token.Value.Equals(Token.Value, StringComparison.Ordinal);
}
