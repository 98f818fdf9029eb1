using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers connected accounts in a store of ours.</summary>
public static class ConnectedAccountsBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="IConnectedAccounts"/>. Accounts are kept in memory unless a store is registered (<c>AddPostgreSql</c>, or a
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
        return builder;
    }
}
