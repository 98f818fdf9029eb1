using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ScmIntegrations.Errors;

namespace ScmIntegrations.Accounts.Protection;

/// <summary>What something encrypted belongs to: tenant, account and version. A protector binds its ciphertext to all of it.</summary>
/// <param name="Purpose">What is encrypted, for example <c>credential</c>.</param>
/// <param name="Identity">Whose it is: organisation, user, connection and identifier.</param>
/// <param name="AccountId">The account's id.</param>
/// <param name="Version">The version of what is encrypted.</param>
public sealed record ProtectionContext(string Purpose, AccountIdentity Identity, string AccountId, long Version)
{
    /// <summary>All parts, each with its length in front, so that no two contexts give the same bytes. For use as associated data.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in Parts)
        {
            // An absent part is not an empty one.
            var text = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }

    /// <summary>The error to throw for what belongs here and cannot be decrypted.</summary>
    /// <param name="why">Why, to follow "cannot be decrypted:"; no part of what is stored, and no key.</param>
    /// <param name="cause">The cause, where there is one.</param>
    /// <returns>A <see cref="ScmCredentialUnreadableException"/> that names the account.</returns>
    public ScmException Unreadable(string why, Exception? cause = null) => ScmException.From(
        new ScmError
        {
            Reason = ErrorReason.CredentialUnreadable,
            Origin = ErrorOrigin.Client,
            CredentialOwner = CredentialOwner.Operator,
            Message = $"What is stored for the account {AccountId} cannot be decrypted: {why}.",
        },
        cause);

    private string?[] Parts =>
        [Purpose, Identity.OrganizationId, Identity.UserId, Identity.Connection, Identity.Identifier, AccountId, Version.ToString(CultureInfo.InvariantCulture)];
}
