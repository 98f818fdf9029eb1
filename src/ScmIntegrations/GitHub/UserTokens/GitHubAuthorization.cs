namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>What a user is asked for in the web flow, see <see cref="IGitHubUserTokens.GetAuthorizeUrl"/>.</summary>
public sealed record GitHubAuthorization
{
    /// <summary>
    /// A random text that comes back with the code. Compare the two: a code whose state is another's was not asked for by this
    /// user's browser, and must not be exchanged.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Where GitHub sends the user back to, one of the App's callback addresses; <see langword="null"/> for the first of them.</summary>
    public Uri? RedirectUri { get; init; }

    /// <summary>The account to sign in with, which GitHub suggests; <see langword="null"/> for none.</summary>
    public string? Login { get; init; }

    /// <summary>The scopes that an OAuth App asks for. A GitHub App has permissions instead, and asks for none.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>
    /// The SHA-256 of the code verifier as 43 characters of base64url (RFC 7636, method S256), so that nobody else can exchange
    /// the code; <see langword="null"/> to do without.
    /// </summary>
    public string? CodeChallenge { get; init; }

    /// <summary>Whether somebody without an account is offered one; <see langword="null"/> for GitHub's default, which is yes.</summary>
    public bool? AllowSignup { get; init; }

    /// <summary><c>select_account</c> has the user choose among several accounts; <see langword="null"/> leaves it to GitHub.</summary>
    public string? Prompt { get; init; }
}
