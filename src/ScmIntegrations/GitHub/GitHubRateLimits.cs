namespace ScmIntegrations.GitHub;

/// <summary>The hourly limits of a credential.</summary>
public sealed record GitHubRateLimits
{
    /// <summary>Whether the server limits at all; an Enterprise Server does not by default.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>The limits by resource (<c>core</c>, <c>search</c>, <c>graphql</c>, …): an open set.</summary>
    public required IReadOnlyDictionary<string, GitHubRateLimit> Resources { get; init; }
}

/// <summary>One hourly limit.</summary>
public sealed record GitHubRateLimit
{
    /// <summary>Requests allowed in the window.</summary>
    public required int Limit { get; init; }

    /// <summary>Requests left in the window.</summary>
    public required int Remaining { get; init; }

    /// <summary>Requests used in the window.</summary>
    public int Used { get; init; }

    /// <summary>When the window ends, by GitHub's clock.</summary>
    public required DateTimeOffset ResetsAt { get; init; }
}
