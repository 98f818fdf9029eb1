using ScmIntegrations.GitHub.Authentication;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>What a user has granted. Prints no secret. Public so that a test can return what production returns.</summary>
public sealed class GitHubUserToken
{
    /// <summary>The token that requests are made with. Its end is counted from when it was asked for, so it is never believed too long.</summary>
    public required GitHubToken AccessToken { get; init; }

    /// <summary>
    /// What a new token is had for, once: after that, this one and the access token beside it are dead.
    /// <see langword="null"/> for an App whose tokens do not end.
    /// </summary>
    public GitHubToken? RefreshToken { get; init; }

    /// <summary>The scopes of an OAuth App's token. Empty for a GitHub App, which has permissions instead.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The tokens as stars and fingerprints.</summary>
    /// <returns>For example <c>access *** (3f1c09ab), refresh *** (0b7e4d21)</c>.</returns>
    public override string ToString() => $"access {AccessToken}, refresh {RefreshToken?.ToString() ?? "none"}";
}
