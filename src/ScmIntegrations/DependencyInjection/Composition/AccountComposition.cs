using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;
using ScmIntegrations.Accounts.Tokens;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.UserTokens;
using ScmIntegrations.Interactions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts connected accounts together: operations → rounds → versions → vault → store; and beside them credential → refresh → lock → trade.</summary>
internal sealed class AccountComposition : IAsyncDisposable, IDisposable
{
    private readonly AccountTokenRefresh _refresh;

    private AccountComposition(IConnectedAccounts accounts, IConnectedAccountCredentials credentials, AccountTokenRefresh refresh)
    {
        Accounts = accounts;
        Credentials = credentials;
        _refresh = refresh;
    }

    public IConnectedAccounts Accounts { get; }

    public IConnectedAccountCredentials Credentials { get; }

    public static AccountComposition Compose(IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var options = services.GetRequiredService<IOptions<ConnectedAccountsOptions>>().Value;
        var log = new AccountTokenLog(services.GetRequiredService<ILoggerFactory>().CreateLogger("ScmIntegrations.Accounts"));
        var store = services.GetService<IAccountStore>() ?? new InMemoryAccountStore();
        var vault = new CredentialVault(services.GetService<ICredentialProtector>() ?? Encrypt(options));
        var writer = new AccountWriter(vault, time);
        var rounds = new AccountRounds(time);

        var tokens = new AccountTokenStore(store, writer, vault, rounds);
        var lease = new AccountLease(services.GetService<IRefreshLock>(), tokens, time, log);
        var refresh = new AccountTokenRefresh(tokens, lease, identity => AppOf(services, identity), time, log);
        var credentials = new ConnectedAccountCredentials(identity => new ConnectedAccountCredential(identity, tokens, refresh, time, log));
        var accounts = new StoredConnectedAccounts(store, writer, vault, rounds, services.GetRequiredService<IInteractions>(), time, credentials.Forget);
        return new(accounts, credentials, refresh);
    }

    /// <summary>Waits for refreshes under way: a token that was traded and not stored would be lost with the process.</summary>
    public async ValueTask DisposeAsync() => await _refresh.CompleteAsync().ConfigureAwait(false);

    /// <summary>Cannot wait, and does not.</summary>
    public void Dispose()
    {
    }

    /// <summary>The App that the tokens of a connection belong to: the one of the same name, else the default one.</summary>
    private static IGitHubUserTokens? AppOf(IServiceProvider services, AccountIdentity identity) =>
        services.GetKeyedService<IGitHubUserTokens>(identity.Connection) ?? services.GetService<IGitHubUserTokens>();

    private static AesGcmCredentialProtector Encrypt(ConnectedAccountsOptions options) => new(
        options.EncryptionKeys.Count > 0 ? [.. options.EncryptionKeys] : [new AccountEncryptionKey("process", RandomNumberGenerator.GetBytes(AccountEncryptionKey.Length))]);
}
