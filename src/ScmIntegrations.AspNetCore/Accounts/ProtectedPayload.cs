namespace ScmIntegrations.AspNetCore.Accounts;

/// <summary>
/// The beginning of what Data Protection encrypts: a magic number, and the id of the key. The format is public and does not change:
/// <see href="https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/authenticated-encryption-details"/>.
/// </summary>
internal static class ProtectedPayload
{
    private const int KeyIdLength = 16;

    private static ReadOnlySpan<byte> Magic => [0x09, 0xF0, 0xC9, 0xF0];

    /// <summary>The id of the key; <see langword="null"/> for what is no such payload.</summary>
    public static Guid? KeyIdOf(ReadOnlySpan<byte> ciphertext) =>
        ciphertext.StartsWith(Magic) && ciphertext.Length >= Magic.Length + KeyIdLength ? new Guid(ciphertext.Slice(Magic.Length, KeyIdLength)) : null;
}
