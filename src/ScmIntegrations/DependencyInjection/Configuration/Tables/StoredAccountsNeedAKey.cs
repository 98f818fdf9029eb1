using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A store of accounts without a key to encrypt them with: with the key of one process, nobody could read what it has stored after its end.</summary>
internal sealed class StoredAccountsNeedAKey(IServiceProviderIsService services) : IValidateOptions<ConnectedAccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectedAccountsOptions options) =>
        options.EncryptionKeys.Count == 0 && services.IsService(typeof(IAccountStore)) && !services.IsService(typeof(ICredentialProtector))
            ? ValidateOptionsResult.Fail("Connected accounts: there is a store and no key to encrypt credentials with; add one to EncryptionKeys, or register an ICredentialProtector (UseDataProtection).")
            : ValidateOptionsResult.Success;
}
