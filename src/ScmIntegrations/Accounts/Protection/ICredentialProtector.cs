using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts.Protection;

/// <summary>
/// Encrypts credentials before they are stored, and keeps whoever can write to the store from changing or swapping them. Register an
/// implementation as a singleton to use a key service of your own; without one, AES-GCM with <see cref="ConnectedAccountsOptions.EncryptionKeys"/> is used.
/// </summary>
/// <remarks>Called by many threads at once.</remarks>
public interface ICredentialProtector
{
    /// <summary>Encrypts.</summary>
    /// <param name="plaintext">What to encrypt. It is wiped after the call.</param>
    /// <param name="context">What it belongs to: without exactly this context it cannot be decrypted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ciphertext, with whatever is needed to find its key.</returns>
    ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> plaintext, ProtectionContext context, CancellationToken cancellationToken = default);

    /// <summary>Decrypts.</summary>
    /// <param name="ciphertext">What was encrypted.</param>
    /// <param name="context">What it belongs to.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What <see cref="ProtectAsync"/> was given.</returns>
    /// <exception cref="ScmCredentialUnreadableException">It was changed, belongs to another context, or its key is gone. The message holds neither of them.</exception>
    ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> ciphertext, ProtectionContext context, CancellationToken cancellationToken = default);
}
