using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>An OAuth token, with what renews it. Kind <c>oauth_token</c>.</summary>
public sealed record OAuthTokenCredential : AccountCredential
{
    internal const string KindName = "oauth_token";
    internal const string AccessTokenField = "access_token";
    internal const string RefreshTokenField = "refresh_token";
    internal const string AccessTokenEndField = "access_token_expires_at";
    internal const string RefreshTokenEndField = "refresh_token_expires_at";
    internal const string ScopesField = "scopes";
    internal const string DomainField = "domain";

    /// <summary>The fields of tokens, and of their ends: an end is its token's, and another token does not inherit it.</summary>
    internal static readonly (string Token, string End)[] Ends = [(AccessTokenField, AccessTokenEndField), (RefreshTokenField, RefreshTokenEndField)];

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The token that calls are made with; <see langword="null"/> keeps the one that an account has.</summary>
    public SecretText? AccessToken { get; init; }

    /// <summary>The token that renews it, where it works once the latest one; <see langword="null"/> keeps the one that an account has.</summary>
    public SecretText? RefreshToken { get; init; }

    /// <summary>When <see cref="AccessToken"/> ends; <see langword="null"/> when it does not, or nobody knows. It goes with its token: another access token without an end has none.</summary>
    public DateTimeOffset? AccessTokenExpiresAt { get; init; }

    /// <summary>When <see cref="RefreshToken"/> ends; <see langword="null"/> when it does not, or nobody knows. It goes with its token.</summary>
    public DateTimeOffset? RefreshTokenExpiresAt { get; init; }

    /// <summary>What the token may do; <see langword="null"/>, or none, keeps what an account has.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The provider's host, where users have their own; <see langword="null"/> keeps what an account has.</summary>
    public string? Domain { get; init; }

    internal override JsonObject ToFields() => new JsonObject()
        .With(AccessTokenField, AccessToken)
        .With(RefreshTokenField, RefreshToken)
        .With(AccessTokenEndField, AccessToken is null ? null : AccessTokenExpiresAt)
        .With(RefreshTokenEndField, RefreshToken is null ? null : RefreshTokenExpiresAt)
        .With(ScopesField, Scopes)
        .With(DomainField, Domain);

    internal static OAuthTokenCredential Of(JsonObject fields) => new()
    {
        AccessToken = fields.Secret(AccessTokenField),
        RefreshToken = fields.Secret(RefreshTokenField),
        AccessTokenExpiresAt = fields.Time(AccessTokenEndField),
        RefreshTokenExpiresAt = fields.Time(RefreshTokenEndField),
        Scopes = fields.Texts(ScopesField),
        Domain = fields.Text(DomainField),
    };
}
