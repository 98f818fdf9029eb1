using System.Text.Json;

namespace ScmIntegrations.Accounts;

/// <summary>A connected account, without its credential: holds no secret.</summary>
public sealed record ConnectedAccount
{
    /// <summary>The account's id, for example <c>ca_5f0c…</c>. A new one when an account is deleted and connected again.</summary>
    public required string Id { get; init; }

    /// <summary>Which account it is.</summary>
    public required AccountIdentity Identity { get; init; }

    /// <summary>Its state.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>Why it is in that state, as a word, for example <c>bad_refresh_token</c>; <see langword="null"/> when there is nothing to say.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The kind of its credential (<see cref="AccountCredential.Kind"/>), as the gateway writes it; <see langword="null"/> when it has none, or nobody says.</summary>
    public string? CredentialKind { get; init; }

    /// <summary>The provider behind the connection, for example <c>GITHUB</c>; <see langword="null"/> when nobody says.</summary>
    public string? Provider { get; init; }

    /// <summary>When the access token ends; <see langword="null"/> when it does not, or nobody knows.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>The account's API configuration, a JSON object; <see langword="null"/> when it has none.</summary>
    public JsonElement? ApiConfiguration { get; init; }

    /// <summary>When it was created; <see langword="null"/> when nobody says.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last changed; <see langword="null"/> when nobody says.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was last used; <see langword="null"/> when nobody says.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Rises by one with every change, in a store of ours; <see langword="null"/> from a gateway.</summary>
    public long? Version { get; init; }
}
