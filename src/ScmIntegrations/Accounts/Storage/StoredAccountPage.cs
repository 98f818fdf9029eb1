namespace ScmIntegrations.Accounts.Storage;

/// <summary>A page of stored accounts.</summary>
/// <param name="Accounts">The accounts, in the order of their ids (ordinal).</param>
/// <param name="IsLast">Whether no account follows.</param>
/// <param name="TotalCount">How many accounts there are on all pages.</param>
public sealed record StoredAccountPage(IReadOnlyList<StoredAccount> Accounts, bool IsLast, int TotalCount);
