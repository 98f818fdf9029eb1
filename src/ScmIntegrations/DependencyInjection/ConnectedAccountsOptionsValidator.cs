using Microsoft.Extensions.Options;
using ScmIntegrations.Accounts;
using ScmIntegrations.Accounts.Protection;
using ScmIntegrations.Accounts.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Checks the options of connected accounts, and names all that is wrong at once.</summary>
internal sealed class ConnectedAccountsOptionsValidator(IServiceProviderIsService services) : IValidateOptions<ConnectedAccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectedAccountsOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (options.EncryptionKeys.Any(key => key is null))
        {
            builder.AddError("Connected accounts: EncryptionKeys has an entry that is null.");
        }

        foreach (var twice in options.EncryptionKeys.OfType<AccountEncryptionKey>().GroupBy(key => key.Id, StringComparer.Ordinal).Where(keys => keys.Count() > 1))
        {
            builder.AddError($"Connected accounts: EncryptionKeys has {twice.Count()} keys named '{twice.Key}'; each has a name of its own.");
        }

        // With the key of one process, nobody could read what it has stored after its end.
        if (options.EncryptionKeys.Count == 0 && services.IsService(typeof(IAccountStore)) && !services.IsService(typeof(ICredentialProtector)))
        {
            builder.AddError("Connected accounts: there is a store and no key to encrypt credentials with; add one to EncryptionKeys, or register an ICredentialProtector (UseDataProtection).");
        }

        return builder.Build();
    }
}
