using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>An identity that a trusted identity provider vouches for, so that there is no secret of the user's to keep. Kind <c>trusted_idp</c>.</summary>
public sealed record TrustedIdentityCredential : AccountCredential
{
    internal const string KindName = "trusted_idp";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The user of the database that the identity stands for (<c>db_user</c>); <see langword="null"/> keeps what an account has.</summary>
    public string? DatabaseUser { get; init; }

    /// <summary>The id of the access key that was issued (<c>access_key_id</c>). Given by the provider; its secret is never returned.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>When the access key ends (<c>expiry</c>). Given by the provider.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    internal override JsonObject ToFields() => new JsonObject().With("db_user", DatabaseUser).With("access_key_id", AccessKeyId).With("expiry", ExpiresAt);

    internal static TrustedIdentityCredential Of(JsonObject fields) => new()
    {
        DatabaseUser = fields.Text("db_user"),
        AccessKeyId = fields.Text("access_key_id"),
        ExpiresAt = fields.Time("expiry"),
    };
}
