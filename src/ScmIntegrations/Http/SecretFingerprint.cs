using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Http;

/// <summary>What may be shown of a secret: enough to tell two apart, useless to get in.</summary>
internal static class SecretFingerprint
{
    /// <summary>The first 8 hexadecimal digits of the SHA-256 of a secret.</summary>
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, 4));
}
