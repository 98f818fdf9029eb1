namespace ScmIntegrations.Accounts.Storage;

/// <summary>The next version of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Sealed">Its encrypted credential; <see langword="null"/> to keep the one that is stored.</param>
internal sealed record AccountWrite(StoredAccount Account, byte[]? Sealed);
