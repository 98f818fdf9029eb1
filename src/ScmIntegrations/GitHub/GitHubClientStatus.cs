using ScmIntegrations.Errors;

namespace ScmIntegrations.GitHub;

/// <summary>
/// What a client has seen of GitHub of late, told without a request: for health checks and dashboards. What it has not met yet is absent, and
/// nothing of it is secret.
/// </summary>
public sealed record GitHubClientStatus
{
    /// <summary>Whether calls are sent, or refused because too many have failed.</summary>
    public GitHubCircuitState Circuit { get; init; }

    /// <summary>Until when calls are refused, in the clock of this process; <see langword="null"/> while they are sent.</summary>
    public DateTimeOffset? CircuitOpenUntil { get; init; }

    /// <summary>What answers last said of the hourly limits, by resource (<c>core</c>, <c>graphql</c>, …); a window that has ended is left out. Times are in the clock of this process.</summary>
    public IReadOnlyDictionary<string, GitHubRateLimit> Limits { get; init; } = new Dictionary<string, GitHubRateLimit>(StringComparer.Ordinal);

    /// <summary>Until when no request is sent, because a limit holds (the resource <c>core</c>, or all); <see langword="null"/> when none does.</summary>
    public DateTimeOffset? LimitedUntil { get; init; }

    /// <summary>When GitHub last did what was asked with the credential; <see langword="null"/> when it has not yet.</summary>
    public DateTimeOffset? CredentialAcceptedAt { get; init; }

    /// <summary>When the credential was last refused, or none could be had; <see langword="null"/> when that has not been.</summary>
    public DateTimeOffset? CredentialRefusedAt { get; init; }

    /// <summary>Why the credential was last refused; <see langword="null"/> when it has not been.</summary>
    public ErrorReason? CredentialRefusal { get; init; }

    /// <summary>Whether the latest word on the credential was a refusal.</summary>
    public bool IsCredentialRefused => CredentialRefusedAt is { } refused && !(CredentialAcceptedAt > refused);
}

/// <summary>The circuit of a client.</summary>
public enum GitHubCircuitState
{
    /// <summary>Calls are sent.</summary>
    Closed,

    /// <summary>Calls are refused without a request, because too many have failed.</summary>
    Open,

    /// <summary>One call is sent to see whether GitHub is back.</summary>
    HalfOpen,
}
