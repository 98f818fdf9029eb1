namespace ScmIntegrations.Accounts.Storage;

/// <summary>An account with its credential, read at one moment.</summary>
/// <param name="Account">The account.</param>
/// <param name="Sealed">The encrypted credential; empty when there is none.</param>
public sealed record StoredCredential(StoredAccount Account, ReadOnlyMemory<byte> Sealed);
