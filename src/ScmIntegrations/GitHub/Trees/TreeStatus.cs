namespace ScmIntegrations.GitHub.Trees;

/// <summary>Where a tree came from, or why there is none.</summary>
public enum TreeStatus
{
    /// <summary>Asked for and read just now.</summary>
    Fetched,

    /// <summary>From the cache, within its lifetime.</summary>
    Cached,

    /// <summary>From the cache, past its lifetime, because it could not be asked for again.</summary>
    Stale,

    /// <summary>The repository has no commit; learnt just now or from the cache.</summary>
    Empty,

    /// <summary>Asked for, and it failed; nothing is cached.</summary>
    Unavailable,

    /// <summary>Not asked for, and nothing is cached.</summary>
    Skipped,
}
