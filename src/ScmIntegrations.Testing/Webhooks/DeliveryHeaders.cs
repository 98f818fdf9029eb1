using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.Testing;

/// <summary>The headers of signed deliveries, whoever sends them.</summary>
internal static class DeliveryHeaders
{
    /// <summary>The signature of a body: <c>sha256=</c> and 64 hexadecimal digits.</summary>
    public static string Sign(ReadOnlyMemory<byte> body, string secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body.Span))}";

    /// <summary>The headers with another value for one; <see langword="null"/> takes it away.</summary>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> headers, string name, string? value)
    {
        var changed = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        changed.Remove(name);
        if (value is not null)
        {
            changed[name] = value;
        }

        return changed;
    }
}
