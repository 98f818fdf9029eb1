using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScmIntegrations.Http;

/// <summary>The forms in which an answer may repeat a secret that it was sent: as it is, as JSON writes it, and as a form or a query does.</summary>
internal static class SecretForms
{
    /// <summary>All forms of these secrets, the longest first: one may be the beginning of another.</summary>
    public static string[] Of(IEnumerable<string> secrets) =>
        [.. secrets.SelectMany(Of).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];

    private static IEnumerable<string> Of(string secret) =>
    [
        secret,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.Default).Value,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        Uri.EscapeDataString(secret),
    ];
}
