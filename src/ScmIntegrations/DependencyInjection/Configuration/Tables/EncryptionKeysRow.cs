using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using ScmIntegrations.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The keys that credentials are encrypted with: a list, each with a name and the key in base64.</summary>
internal sealed class EncryptionKeysRow() : OptionRow<ConnectedAccountsOptions>(
    "EncryptionKeys", "The keys that credentials are encrypted with, the present one first: `EncryptionKeys:0:Id` and `EncryptionKeys:0:Key`.")
{
    public override string Limits => "a list of keys, each with an Id and a Key of 32 bytes in base64";

    public override bool IsList => true;

    public override string? Default(ConnectedAccountsOptions untouched) => null;

    public override object? ValueOf(ConnectedAccountsOptions options) => null;

    public override string? Check(ConnectedAccountsOptions options, string name) => null;

    public override OptionRow<TOuter> Within<TOuter>(string outer, Func<TOuter, ConnectedAccountsOptions> part) => throw new NotSupportedException("Nothing holds these options.");

    public override IEnumerable<string> Read(ConnectedAccountsOptions options, IConfigurationSection section) =>
        section.GetChildren().Select(entry => Read(options, entry, out var failure) ? null : failure).OfType<string>();

    private static bool Read(ConnectedAccountsOptions options, IConfigurationSection entry, out string? failure)
    {
        failure = entry.GetChildren().FirstOrDefault(child => !IsKnown(child.Key)) is { } odd ? $"{odd.Path} is not known; an entry has an Id and a Key."
            : string.IsNullOrEmpty(entry["Id"]) ? $"{entry.Path}:Id is not set."
            : string.IsNullOrEmpty(entry["Key"]) ? $"{entry.Path}:Key is not set."
            : null;
        if (failure is not null)
        {
            return false;
        }

        try
        {
            var key = AccountEncryptionKey.FromBase64(entry["Id"]!, entry["Key"]!);

            // The same section may be read twice.
            if (!options.EncryptionKeys.Any(known => known is not null && known.Id.Equals(key.Id, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(known.Key, key.Key)))
            {
                options.EncryptionKeys.Add(key);
            }

            return true;
        }
        catch (ArgumentException)
        {
            failure = $"{entry.Path} is no key: its Id is 1 to 64 of a-z, A-Z, 0-9, '.', '_' and '-', and its Key is 32 bytes in base64.";
            return false;
        }
    }

    private static bool IsKnown(string key) => key.Equals("Id", StringComparison.OrdinalIgnoreCase) || key.Equals("Key", StringComparison.OrdinalIgnoreCase);
}
