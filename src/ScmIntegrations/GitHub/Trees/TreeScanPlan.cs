namespace ScmIntegrations.GitHub.Trees;

/// <summary>What a scan will cost, told before the first tree is asked for. Making it costs the listing and a request for each hundred heads.</summary>
public sealed record TreeScanPlan
{
    /// <summary>Repositories that the scan is about.</summary>
    public int Repositories { get; init; }

    /// <summary>Of these, how many a checkpoint says are done.</summary>
    public int Done { get; init; }

    /// <summary>Of these, how many need no request: their tree is known and current, or they are known to be empty.</summary>
    public int Current { get; init; }

    /// <summary>Of these, how many will not be asked, because they were refused a short while ago.</summary>
    public int Refused { get; init; }

    /// <summary>Of these, how many trees are to be read, a request each; more for one that GitHub cuts short.</summary>
    public int ToRead { get; init; }

    /// <summary>Of these, how many have to be asked one by one whether they have moved: nothing of the limit for each that has not, two requests for each that has.</summary>
    public int ToCheck { get; init; }

    /// <summary>Whether the list of repositories was read to its end.</summary>
    public bool IsListComplete { get; init; } = true;

    /// <summary>The fewest requests that the scan takes of the hourly limit.</summary>
    public int LeastRequests => ToRead;

    /// <summary>The most requests that the scan takes of the hourly limit; retries and trees that GitHub cuts short come on top.</summary>
    public int MostRequests => ToRead + (2 * ToCheck);

    /// <summary>Requests that the limit allows in a window; <see langword="null"/> where there is no limit, or none is known.</summary>
    public int? Limit { get; init; }

    /// <summary>Requests that are left of it now.</summary>
    public int? Remaining { get; init; }

    /// <summary>How many of these the scan leaves to others, by what is known of them.</summary>
    public int? Reserved { get; init; }

    /// <summary>Requests that the limit will have left when the scan has taken what it may of this window, if it takes the most.</summary>
    public int? RemainingAfter => Remaining is { } left && Reserved is { } reserved
        ? Math.Max(left - MostRequests, Math.Min(left, reserved))
        : null;

    /// <summary>When the window of the limit ends.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>
    /// Windows of the limit that the scan needs. With more than one, it skips what this window does not allow; scan again with the
    /// same <see cref="TreeScanCheckpoint"/> after <see cref="ResetsAt"/>.
    /// </summary>
    public int Windows { get; init; } = 1;

    /// <summary>When the last of it will be done: an estimate from the pace, the limit, and how long the requests of this plan took.</summary>
    public DateTimeOffset EndsAt { get; init; }
}
