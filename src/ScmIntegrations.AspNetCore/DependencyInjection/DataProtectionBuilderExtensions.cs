using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.AspNetCore.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Encrypts the credentials of connected accounts with the keys that an ASP.NET Core application has anyway.</summary>
public static class DataProtectionBuilderExtensions
{
    /// <summary>
    /// Encrypts the credentials of connected accounts with the application's Data Protection, in place of AES-GCM with
    /// <see cref="ScmIntegrations.Accounts.ConnectedAccountsOptions.EncryptionKeys"/>. Data Protection makes new keys by itself, and old ones
    /// decrypt for as long as they are kept: a credential moves to a new key when it is next written.
    /// </summary>
    /// <remarks>
    /// The keys have to outlive the process, and all instances have to share them and their application name. So tell Data Protection where
    /// they are, for example <c>services.AddDataProtection().PersistKeysToFileSystem(…).ProtectKeysWithCertificate(…).SetApplicationName(…)</c>,
    /// before or after this call, which adds the defaults alone. The default place of the keys is gone with a container, and every credential
    /// with it; Data Protection logs a warning where it sees that. For the same reason never delete old keys: without its key a credential is
    /// unreadable, and its user has to connect the account again.
    /// </remarks>
    /// <param name="builder">The library's builder.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IScmIntegrationsBuilder UseDataProtection(this IScmIntegrationsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDataProtection();
        builder.Services.Replace(ServiceDescriptor.Singleton<ICredentialProtector>(static provider => new DataProtectionCredentialProtector(
            provider.GetRequiredService<IDataProtectionProvider>(),
            provider.GetRequiredService<IKeyManager>())));
        return builder;
    }
}
