namespace ScmIntegrations.Accounts.Storage;

/// <summary>An account as it is stored, without its credential. Nothing in it is secret: the fingerprints are keyed, and the key is encrypted.</summary>
public sealed record StoredAccount
{
    /// <summary>The account's id: unique, and never used again.</summary>
    public required string Id { get; init; }

    /// <summary>Which account it is: unique among those that are stored.</summary>
    public required AccountIdentity Identity { get; init; }

    /// <summary>Rises by one with every write, from 1. A write is refused unless it was made from the version before.</summary>
    public required long Version { get; init; }

    /// <summary>Rises by one with every change of the credential; 0 while there has been none. What is encrypted is bound to it.</summary>
    public required long CredentialVersion { get; init; }

    /// <summary>The state, as it was last written.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>Why it is in that state, as a word.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The kind of the credential (<see cref="AccountCredential.Kind"/>); <see langword="null"/> when there is none.</summary>
    public string? CredentialKind { get; init; }

    /// <summary>When the access token ends; <see langword="null"/> when it does not, or nobody knows.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>For each field of the credential an HMAC-SHA256 in hexadecimal, to tell without the credential whether another one is the same.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The encrypted key of the fingerprints; empty when there is no credential.</summary>
    public ReadOnlyMemory<byte> FingerprintKey { get; init; }

    /// <summary>The API configuration, as the text of a JSON object; <see langword="null"/> when there is none.</summary>
    public string? ApiConfiguration { get; init; }

    /// <summary>When it was created, by the clock of who wrote it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written, by the clock of who wrote it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
