using System.Diagnostics;
using System.Text.Json.Serialization;

namespace ScmIntegrations.Accounts;

/// <summary>A key that stored credentials are encrypted with (AES-256-GCM). Never prints.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class AccountEncryptionKey
{
    /// <summary>The length of a key, in bytes.</summary>
    public const int Length = 32;

    /// <summary>Takes a key.</summary>
    /// <param name="id">Its name, which is stored beside what it encrypts: 1 to 64 of a-z, A-Z, 0-9, <c>.</c>, <c>_</c> and <c>-</c>, for example <c>2026-11</c>.</param>
    /// <param name="key">32 random bytes, for example from <c>openssl rand -base64 32</c>. They are copied.</param>
    /// <exception cref="ArgumentException">The name is none, or the key has another length. The message does not show the key.</exception>
    public AccountEncryptionKey(string id, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!IsId(id))
        {
            throw new ArgumentException($"'{id}' cannot name a key: a name is 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-'.", nameof(id));
        }

        if (key.Length != Length)
        {
            throw new ArgumentException($"The key '{id}' has {key.Length} bytes; a key has {Length}.", nameof(key));
        }

        (Id, Key) = (id, key.ToArray());
    }

    /// <summary>Takes a key in base64.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="base64Key">32 random bytes in base64.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The name is none, or the key is not 32 bytes in base64. The message does not show the key.</exception>
    public static AccountEncryptionKey FromBase64(string id, string base64Key)
    {
        ArgumentNullException.ThrowIfNull(base64Key);
        var bytes = new byte[base64Key.Length];
        return Convert.TryFromBase64String(base64Key, bytes, out var length)
            ? new AccountEncryptionKey(id, bytes.AsSpan(0, length))
            : throw new ArgumentException($"The key '{id}' is not base64.", nameof(base64Key));
    }

    /// <summary>The key's name.</summary>
    public string Id { get; }

    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[] Key { get; }

    /// <summary>Whether a text can name a key.</summary>
    internal static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    /// <summary>The name and stars.</summary>
    /// <returns>For example <c>2026-11: ***</c>.</returns>
    public override string ToString() => $"{Id}: ***";
}
