using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts connected accounts together: operations → rounds → versions → vault → store.</summary>
internal sealed class AccountComposition
{
    private AccountComposition(IConnectedAccounts accounts) => Accounts = accounts;

    public IConnectedAccounts Accounts { get; }

    public static AccountComposition Compose(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var options = services.GetRequiredService<IOptions<ConnectedAccountsOptions>>().Value;
        var store = services.GetService<IAccountStore>() ?? new InMemoryAccountStore();
        var vault = new CredentialVault(services.GetService<ICredentialProtector>() ?? Encrypt(options));
        var rounds = new AccountRounds(time);
        var writer = new AccountWriter(vault, time);
        return new(new StoredConnectedAccounts(store, writer, vault, rounds, services.GetRequiredService<IInteractions>(), time));
    }

    private static AesGcmCredentialProtector Encrypt(ConnectedAccountsOptions options) => new(
        options.EncryptionKeys.Count > 0 ? [.. options.EncryptionKeys] : [new AccountEncryptionKey("process", RandomNumberGenerator.GetBytes(AccountEncryptionKey.Length))]);
}
