using ScmIntegrations.Caching;
using ScmIntegrations.Resilience;

namespace ScmIntegrations.GitHub.Trees;

/// <summary>How trees are read, cached and scanned.</summary>
public sealed class TreeOptions
{
    /// <summary>The most requests that are spent to complete one truncated tree.</summary>
    /// <value>1,000 by default; from 1.</value>
    public int MaxRequestsPerTree { get; set; } = 1000;

    /// <summary>The most memory that cached trees may take.</summary>
    /// <value>268,435,456 bytes (256 MiB) by default; at least 1 MiB.</value>
    public long CacheBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long a branch is trusted to point at the commit it pointed at; the lifetimes of many repositories must not end together.</summary>
    /// <value>A <see cref="PhaseSlotStagger"/> by default: 23 to 47 hours at first, then 24.</value>
    public ITtlStagger Stagger { get; set; } = new PhaseSlotStagger();

    /// <summary>How long a list of repositories is remembered for scans.</summary>
    /// <value>5 minutes by default; from zero to 1 day.</value>
    public TimeSpan RepositoryListLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a scan asks GraphQL for the heads of a hundred repositories at a time, instead of one by one. Where there is no
    /// GraphQL, the scan finds out by one request a day.
    /// </summary>
    /// <value><see langword="true"/> by default.</value>
    public bool BulkHeads { get; set; } = true;

    /// <summary>How many repositories a scan reads at a time.</summary>
    /// <value>8 by default; from 1 to 100, which is GitHub's limit of concurrent requests.</value>
    public int Concurrency { get; set; } = 8;

    /// <summary>
    /// The least that background work leaves of the hourly limit to others. A scan reads the cache only when no more is left, and
    /// completes no truncated tree further; interactive calls are never held back by it, and complete a tree until nothing is left. It holds as it is while the rates of
    /// others are being learnt, for about eight minutes from the first answer on; then what they will need until the reset is left
    /// (<see cref="RateLimitOptions.ReserveFactor"/>), and of the floor the part for the time that the window still has.
    /// </summary>
    /// <value>200 requests by default; from 0.</value>
    public int RequestFloor { get; set; } = 200;

    /// <summary>After this many repositories have failed on the connection (transport, timeout, 5xx) a scan reads the cache only.</summary>
    /// <value>10 by default; from 1.</value>
    public int MaxConnectionErrors { get; set; } = 10;
}
