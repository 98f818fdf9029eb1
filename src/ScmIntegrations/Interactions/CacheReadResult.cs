namespace ScmIntegrations.Interactions;

/// <summary>What a read of the cache found: the closed set of the tag <c>scm.cache.result</c>.</summary>
internal enum CacheReadResult
{
    /// <summary>A value that is still good.</summary>
    Hit,

    /// <summary>Nothing.</summary>
    Miss,

    /// <summary>A value past its lifetime, served because nothing better could be had.</summary>
    Stale,

    /// <summary>The remembered answer that there is nothing.</summary>
    Negative,
}
