namespace ScmIntegrations.GitHub;

/// <summary>A page of an installation's repositories.</summary>
internal sealed record InstallationRepositoriesWire
{
    public int? TotalCount { get; init; }

    public required List<GitHubRepository> Repositories { get; init; }
}

/// <summary><c>GET /rate_limit</c>.</summary>
internal sealed record RateLimitsWire
{
    public required Dictionary<string, RateLimitWire> Resources { get; init; }
}

/// <summary>One limit; the reset in seconds since the epoch.</summary>
internal sealed record RateLimitWire
{
    public required int Limit { get; init; }

    public required int Remaining { get; init; }

    public int Used { get; init; }

    public required long Reset { get; init; }

    public GitHubRateLimit ToRateLimit() => new()
    {
        Limit = Limit,
        Remaining = Remaining,
        Used = Used,
        ResetsAt = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Reset, 0, uint.MaxValue)),
    };
}

/// <summary>As much of a commit as names it.</summary>
internal sealed record CommitWire
{
    public required string Sha { get; init; }
}
