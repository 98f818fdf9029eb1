namespace ScmIntegrations.Accounts;

/// <summary>What an upsert did.</summary>
public enum AccountOutcome
{
    /// <summary>The account was not there, and was created.</summary>
    Created,

    /// <summary>The account was there, and what was supplied was applied. A gateway that cannot know whether it differs says this too.</summary>
    Updated,

    /// <summary>The account was there, and has what was supplied already, or nothing was supplied.</summary>
    Unchanged,
}
