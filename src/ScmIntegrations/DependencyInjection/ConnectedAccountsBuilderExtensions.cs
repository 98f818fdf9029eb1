using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.GitHub;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers connected accounts in a store of ours, and clients that speak as one.</summary>
public static class ConnectedAccountsBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="IConnectedAccounts"/> and <see cref="IConnectedAccountCredentials"/>. Accounts are kept in memory unless a store is registered (<c>AddPostgreSql</c>, or a
    /// <see cref="ScmIntegrations.Accounts.Storage.IAccountStore"/> of your own), which also needs a key: <see cref="ConnectedAccountsOptions.EncryptionKeys"/>,
    /// <c>UseDataProtection</c>, or a <see cref="ScmIntegrations.Accounts.Protection.ICredentialProtector"/> of your own. Calling it again adds to the options.
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder.</returns>
    public static IScmIntegrationsBuilder AddConnectedAccounts(this IScmIntegrationsBuilder builder, Action<ConnectedAccountsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(null, configure);
    }

    /// <summary>Registers the same with options from configuration; docs/configuration.md lists the keys.</summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="section">The section. Read once, when the accounts are first used. A key that is not known is an error.</param>
    /// <param name="configure">Sets what the section does not, after it.</param>
    /// <returns>The builder.</returns>
    public static IScmIntegrationsBuilder AddConnectedAccounts(this IScmIntegrationsBuilder builder, IConfiguration section, Action<ConnectedAccountsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.Add(section, configure);
    }

    private static IScmIntegrationsBuilder Add(this IScmIntegrationsBuilder builder, IConfiguration? section, Action<ConnectedAccountsOptions>? configure)
    {
        var services = builder.Services;
        services.AddOptions(ConnectedAccountsOptionTable.Table, Options.Options.DefaultName, section, configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConnectedAccountsOptions>, StoredAccountsNeedAKey>());
        services.TryAddSingleton(AccountComposition.Compose);
        services.TryAddSingleton(static provider => provider.GetRequiredService<AccountComposition>().Accounts);
        services.TryAddSingleton(static provider => provider.GetRequiredService<AccountComposition>().Credentials);
        return builder;
    }

    /// <summary>
    /// Lets a GitHub client speak as a connected account, and with it a coding agent that uses the client. Needs <c>AddConnectedAccounts</c>;
    /// tokens that end are renewed where the App that they belong to is registered (<c>AddGitHubUserTokens</c>). For accounts known only at
    /// run time, take the credential from <see cref="IConnectedAccountCredentials"/>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="identity">Which account; it need not be connected yet.</param>
    /// <returns>The builder.</returns>
    public static IGitHubIntegrationBuilder UseConnectedAccount(this IGitHubIntegrationBuilder builder, AccountIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(identity);
        builder.Services.AddOptions<GitHubIntegrationOptions>(builder.Name)
            .Configure<IConnectedAccountCredentials>((options, credentials) => options.Credential = credentials.For(identity));
        return builder;
    }
}
