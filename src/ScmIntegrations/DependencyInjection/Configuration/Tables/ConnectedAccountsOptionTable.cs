using ScmIntegrations.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The options of connected accounts. What they need of the services is <see cref="StoredAccountsNeedAKey"/>'s.</summary>
internal static class ConnectedAccountsOptionTable
{
    public static OptionTable<ConnectedAccountsOptions> Table { get; } = new(static _ => "Connected accounts", [new EncryptionKeysRow()]) { Rules = Failures };

    private static IEnumerable<string?> Failures(ConnectedAccountsOptions options, OptionSource<ConnectedAccountsOptions> source)
    {
        var name = source.Has("EncryptionKeys") ? source.NameOf("EncryptionKeys") : "EncryptionKeys";
        return options.EncryptionKeys.OfType<AccountEncryptionKey>()
            .GroupBy(key => key.Id, StringComparer.Ordinal)
            .Where(keys => keys.Count() > 1)
            .Select(twice => OptionKinds.Say($"{name} has {twice.Count()} keys named '{twice.Key}'; each has a name of its own."))
            .Append(options.EncryptionKeys.Any(key => key is null) ? $"{name} has an entry that is null." : null);
    }
}
