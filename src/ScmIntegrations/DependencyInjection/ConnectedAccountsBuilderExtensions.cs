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
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ConnectedAccountsOptions>().Configure(configure ?? (static _ => { }));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConnectedAccountsOptions>, ConnectedAccountsOptionsValidator>());
        services.TryAddSingleton(AccountComposition.Compose);
        services.TryAddSingleton(static provider => provider.GetRequiredService<AccountComposition>().Accounts);
        services.TryAddSingleton(static provider => provider.GetRequiredService<AccountComposition>().Credentials);
        return builder;
    }

    /// <summary>
    /// Lets a GitHub client speak as a connected account, and with it a coding agent that uses the client. Needs <see cref="AddConnectedAccounts"/>;
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
