namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Signs for a GitHub App, so that the private key can stay in a key vault.</summary>
public interface IAppJwtSigner
{
    /// <summary>Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RS256, RFC 7518 §3.3).</summary>
    /// <param name="data">The bytes to sign.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The signature.</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);
}
