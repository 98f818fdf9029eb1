namespace ScmIntegrations.Accounts;

/// <summary>What an upsert led to.</summary>
/// <param name="Account">The account, as it is now.</param>
/// <param name="Outcome">What happened to it.</param>
public sealed record AccountUpsert(ConnectedAccount Account, AccountOutcome Outcome);
