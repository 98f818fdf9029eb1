using System.Security.Cryptography;
using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub.Authentication;

/// <summary>Signs with an RSA key held in memory.</summary>
public sealed class RsaAppJwtSigner : IAppJwtSigner, IDisposable
{
    private readonly RSA _key;

    private RsaAppJwtSigner(RSA key) => _key = key;

    /// <summary>Reads the key that GitHub gives for download.</summary>
    /// <param name="pem">The private key as PEM text: PKCS#1 (<c>BEGIN RSA PRIVATE KEY</c>) or PKCS#8 (<c>BEGIN PRIVATE KEY</c>), unencrypted.</param>
    /// <returns>A signer; dispose of it to clear the key.</returns>
    /// <exception cref="ScmUnauthorizedException">The text holds no such key (<see cref="ErrorReason.InvalidAppKey"/>). The message does not show it.</exception>
    public static RsaAppJwtSigner FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);

            // A public key imports just as well, and would only fail at the first call.
            _ = key.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return new RsaAppJwtSigner(key);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw ScmException.From(
                new ScmError
                {
                    Reason = ErrorReason.InvalidAppKey,
                    Origin = ErrorOrigin.Client,
                    CredentialOwner = CredentialOwner.Operator,
                    Message = "The App's private key cannot be read: it must be one unencrypted RSA private key in PEM form "
                        + "(BEGIN RSA PRIVATE KEY or BEGIN PRIVATE KEY), with its line breaks kept.",
                },
                exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
        new(_key.SignData(data.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Clears the key.</summary>
    public void Dispose() => _key.Dispose();
}
