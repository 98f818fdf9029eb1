using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ScmIntegrations.Accounts.Protection;

/// <summary>Tells whether a credential is the one that is stored, without reading that: an HMAC of each field, under a key of the account's own.</summary>
internal sealed class CredentialFingerprints(byte[] key)
{
    /// <summary>A new random key.</summary>
    public static CredentialFingerprints Create() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The key, to be encrypted.</summary>
    public byte[] CopyKey() => [.. key];

    /// <summary>The fingerprint of a field.</summary>
    public string Of(string field, JsonNode? value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{field}\0{value?.ToJsonString()}")));
}
