using System.Text.Json.Nodes;
using ScmIntegrations.Accounts.Protection;

namespace ScmIntegrations.Accounts.Storage;

/// <summary>What has to be written so that an account has what was supplied.</summary>
/// <param name="Next">The next version, with its API configuration.</param>
internal sealed record AccountDifference(StoredAccount Next)
{
    /// <summary>The kind of the supplied credential; <see langword="null"/> when the credential stays.</summary>
    public string? Kind { get; init; }

    /// <summary>The supplied fields.</summary>
    public JsonObject? Fields { get; init; }

    /// <summary>Makes the fingerprints of the fields.</summary>
    public CredentialFingerprints? Fingerprints { get; init; }

    /// <summary>Whether what is stored cannot be read, so that what is supplied takes its place.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The stored fields that stay, for which the stored credential has to be decrypted.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
