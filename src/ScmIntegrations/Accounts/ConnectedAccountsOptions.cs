namespace ScmIntegrations.Accounts;

/// <summary>How connected accounts are kept in a store of ours.</summary>
public sealed class ConnectedAccountsOptions
{
    /// <summary>
    /// The keys that credentials are encrypted with. The first one encrypts; all of them decrypt. To rotate, put a new key in front, and take an
    /// old one out when nothing is encrypted with it any more: a credential moves to the new key when it is next written.
    /// </summary>
    /// <value>Empty by default: then a random key is used that ends with the process, which only the store in memory allows.</value>
    public IList<AccountEncryptionKey> EncryptionKeys { get; } = [];
}
