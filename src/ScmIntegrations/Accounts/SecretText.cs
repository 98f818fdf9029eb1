using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ScmIntegrations.Http;

namespace ScmIntegrations.Accounts;

/// <summary>A secret of an account: a token, a password, a key. Opaque. Prints as <c>***</c> and a short fingerprint.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SecretText : IEquatable<SecretText>
{
    /// <summary>The most characters of a secret, far above any token's.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Takes a secret.</summary>
    /// <param name="value">The secret: 1 to 65,536 characters that are not all white space.</param>
    /// <exception cref="ArgumentException">The value is empty, blank or too long. The message does not show it.</exception>
    public SecretText(string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxLength)
        {
            throw new ArgumentException($"A secret has 1 to {MaxLength} characters that are not all white space; this one has {value?.Length ?? 0}. To keep what an account has, leave the secret out.", nameof(value));
        }

        Value = value;
    }

    /// <summary>The secret itself.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; }

    /// <summary>The first 8 hexadecimal digits of the secret's SHA-256: enough to tell tokens apart, useless to get in.</summary>
    public string Fingerprint => SecretFingerprint.Of(Value);

    /// <inheritdoc/>
    public bool Equals(SecretText? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Value), Encoding.UTF8.GetBytes(other.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretText);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Stars and the fingerprint.</summary>
    /// <returns>For example <c>*** (3f1c09ab)</c>.</returns>
    public override string ToString() => $"*** ({Fingerprint})";
}
