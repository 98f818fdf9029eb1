using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.GitHub.Webhooks;

namespace ScmIntegrations.AspNetCore.Webhooks;

/// <summary>
/// What a delivery is known again by: its id, and the digest of what was signed. The id is not signed, so that whoever has got hold of a
/// delivery could send it again under another one, or under the name of another event.
/// </summary>
/// <param name="Looked">What is looked for.</param>
/// <param name="Kept">What is remembered.</param>
internal sealed record DeliveryKeys(IReadOnlyList<string> Looked, IReadOnlyList<string> Kept)
{
    public static DeliveryKeys Of(string endpoint, GitHubWebhookEvent webhook)
    {
        string[] id = webhook.DeliveryId is { } given ? [Digest("id", endpoint, Encoding.UTF8.GetBytes(given))] : [];
        var body = Digest("body", endpoint, webhook.Body.Span);
        return new([.. id, body], RepeatedBodies.MayRepeat(webhook.Name) ? id : [.. id, body]);
    }

    private static string Digest(string kind, string endpoint, ReadOnlySpan<byte> value)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\0{endpoint}\0"));
        hash.AppendData(value);
        return $"scm1:webhook:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
