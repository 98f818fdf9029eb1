using System.Diagnostics;
using System.Text.Json.Serialization;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>A token. Opaque: nothing is assumed of its length or form. Prints as <c>***</c> and a short fingerprint.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class GitHubToken
{
    /// <summary>Takes a token.</summary>
    /// <param name="value">The token: visible ASCII characters without white space.</param>
    /// <param name="expiresAt">When it ends, in the clock of this process; <see langword="null"/> when it does not, or nobody knows.</param>
    /// <exception cref="ArgumentException">The value is empty or cannot stand in a header. The message does not show it.</exception>
    public GitHubToken(string value, DateTimeOffset? expiresAt = null)
    {
        if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("A token is one or more visible ASCII characters without white space; this one is empty or has others.", nameof(value));
        }

        Value = value;
        ExpiresAt = expiresAt;
        Fingerprint = SecretFingerprint.Of(value);
    }

    /// <summary>
    /// When the token was minted, in the clock of this process; <see langword="null"/> when nobody knows. In its first seconds not
    /// all of GitHub knows a token, and a refusal is tried once more.
    /// </summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Whether GitHub has accepted the token.</summary>
    internal bool IsProven { get; private set; }

    /// <summary>The secret itself. Goes into the <c>Authorization</c> header and nowhere else.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; }

    /// <summary>When the token ends, in the clock of this process.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The first 8 hexadecimal digits of the token's SHA-256: enough to tell tokens apart, useless to get in.</summary>
    public string Fingerprint { get; }

    /// <summary>Notes that GitHub has accepted the token.</summary>
    internal void Prove() => IsProven = true;

    /// <summary>Stars and the fingerprint.</summary>
    /// <returns>For example <c>*** (3f1c09ab)</c>.</returns>
    public override string ToString() => $"*** ({Fingerprint})";
}
