namespace ScmIntegrations.Testing;

/// <summary>A pair of tokens that a user has granted an app. Prints no token.</summary>
public sealed class FakeUserGrant
{
    internal FakeUserGrant(string login, string accessToken, DateTimeOffset? expiresAt, string? refreshToken, DateTimeOffset? refreshTokenExpiresAt, IReadOnlyList<string> scopes, bool isByDevice)
    {
        Login = login;
        AccessToken = accessToken;
        ExpiresAt = expiresAt;
        RefreshToken = refreshToken;
        RefreshTokenExpiresAt = refreshTokenExpiresAt;
        Scopes = scopes;
        IsByDevice = isByDevice;
    }

    /// <summary>Whose tokens they are.</summary>
    public string Login { get; }

    /// <summary>The access token: <c>ghu_…</c> of a GitHub App, <c>gho_…</c> of an OAuth App.</summary>
    public string AccessToken { get; }

    /// <summary>When the access token ends, by the clock of the server; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The refresh token, <c>ghr_…</c>; <see langword="null"/> for an app whose tokens do not end.</summary>
    public string? RefreshToken { get; }

    /// <summary>When the refresh token ends, by the clock of the server.</summary>
    public DateTimeOffset? RefreshTokenExpiresAt { get; }

    /// <summary>The scopes; empty for a GitHub App.</summary>
    public IReadOnlyList<string> Scopes { get; }

    internal bool IsByDevice { get; }

    /// <summary>Whose tokens they are, and no token.</summary>
    /// <returns>For example <c>tokens of octocat</c>.</returns>
    public override string ToString() => "tokens of " + Login;
}
