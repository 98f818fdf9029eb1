using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ScmIntegrations.Accounts;

namespace ScmIntegrations.PostgreSQL.Accounts;

/// <summary>
/// The key of an account's row: the SHA-256 of the four parts of its identity, each with its length in front, so that no two identities have
/// the same, and that an absent part is none of the texts. An index takes it at any length of the parts.
/// </summary>
internal static class IdentityHash
{
    private const int Absent = -1;

    public static byte[] Of(AccountIdentity identity)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var part in (ReadOnlySpan<string?>)[identity.Connection, identity.Identifier, identity.OrganizationId, identity.UserId])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, part?.Length ?? Absent);
            hash.AppendData(number);
            hash.AppendData(Encoding.Unicode.GetBytes(part ?? ""));
        }

        return hash.GetHashAndReset();
    }
}
