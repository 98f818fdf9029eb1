using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace ScmIntegrations.Testing;

/// <summary>A minted token and what it was narrowed to.</summary>
internal sealed record InstallationToken(
    string Value,
    FakeInstallation Installation,
    DateTimeOffset ExpiresAt,
    IReadOnlyDictionary<string, string>? NarrowedPermissions,
    IReadOnlySet<long>? RepositoryIds)
{
    public IReadOnlyDictionary<string, string> Permissions => NarrowedPermissions ?? Installation.Permissions;

    /// <summary>A value in GitHub's newer shape: some 520 characters, two dots, base64url with dashes and underscores.</summary>
    public static string NewValue(long appId) => string.Create(
        CultureInfo.InvariantCulture,
        $"ghs_{appId}_{Random(27)}.{Random(150)}.{Random(192)}-_");

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
