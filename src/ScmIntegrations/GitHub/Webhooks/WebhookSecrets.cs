using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ScmIntegrations.GitHub.Webhooks;

/// <summary>The secrets that a signature may have been made with. Holds them as bytes and never shows them.</summary>
internal sealed class WebhookSecrets
{
    private const string Prefix = "sha256=";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[][] _secrets;

    /// <summary>Takes the secrets that are some: anybody can sign with an empty one.</summary>
    public WebhookSecrets(IEnumerable<string> secrets) =>
        _secrets = [.. secrets.Where(secret => !string.IsNullOrWhiteSpace(secret)).Select(Encoding.UTF8.GetBytes)];

    /// <summary>What is wrong with a signature before a body is looked at; <see langword="null"/> when nothing is.</summary>
    public GitHubWebhookResult? Refuse(string? signature) =>
        _secrets.Length == 0 ? new(GitHubWebhookStatus.NoSecret, "No webhook secret is set, so no delivery is accepted.")
        : string.IsNullOrEmpty(signature) ? new(GitHubWebhookStatus.SignatureMissing, $"The delivery has no {GitHubWebhookHeaders.Signature}: set the webhook's secret on GitHub.")
        : TryRead(signature, stackalloc byte[HMACSHA256.HashSizeInBytes]) ? null
        : new(GitHubWebhookStatus.SignatureMalformed, $"{GitHubWebhookHeaders.Signature} is not '{Prefix}' and 64 hexadecimal digits.");

    /// <summary>Whether one of the secrets made the signature. Takes as long whichever it is, and wherever a wrong one differs.</summary>
    public bool Verify(ReadOnlySpan<byte> body, string signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryRead(signature, given))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var verified = false;
        foreach (var secret in _secrets)
        {
            HMACSHA256.HashData(secret, body, expected);
            verified |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return verified;
    }

    private static bool TryRead(string signature, Span<byte> bytes) =>
        signature.Length == Prefix.Length + (2 * bytes.Length)
        && signature.StartsWith(Prefix, StringComparison.Ordinal)
        && Convert.FromHexString(signature.AsSpan(Prefix.Length), bytes, out _, out _) is System.Buffers.OperationStatus.Done;
}
