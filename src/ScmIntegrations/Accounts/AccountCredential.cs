using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts;

/// <summary>
/// A credential of an account: <see cref="OAuthTokenCredential"/>, <see cref="StaticSecretCredential"/>, <see cref="TrustedIdentityCredential"/>, or
/// <see cref="OtherCredential"/> for every other kind. What is not set is absent: it is never written over what an account has.
/// </summary>
public abstract record AccountCredential
{
    // The kinds are a closed set, so that each of them has a form in stores and on the wire.
    private protected AccountCredential()
    {
    }

    /// <summary>The kind, by the name it has on the wire, for example <c>oauth_token</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The fields that are set, by the names they have on the wire.</summary>
    internal abstract JsonObject ToFields();

    /// <summary>Refuses a credential of which nothing is set.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    internal void Check(string parameter)
    {
        if (ToFields().Count == 0)
        {
            throw new ArgumentException($"The credential is empty: none of its fields is set ({Kind}). Leave the credential out to keep what the account has.", parameter);
        }
    }

    /// <summary>The credential of a kind, from its fields.</summary>
    internal static AccountCredential FromFields(string kind, JsonObject fields) => kind switch
    {
        OAuthTokenCredential.KindName => OAuthTokenCredential.Of(fields),
        StaticSecretCredential.KindName => StaticSecretCredential.Of(fields),
        TrustedIdentityCredential.KindName => TrustedIdentityCredential.Of(fields),
        _ => new OtherCredential(kind, new SecretText(fields.ToJsonString())),
    };
}
