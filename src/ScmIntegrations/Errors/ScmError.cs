using System.Net;

namespace ScmIntegrations.Errors;

/// <summary>The facts of an error: what every <see cref="ScmException"/> carries. Holds no secret.</summary>
public sealed record ScmError
{
    /// <summary>What happened, in a sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>What the answer means.</summary>
    public required ErrorReason Reason { get; init; }

    /// <summary>Who said it.</summary>
    public required ErrorOrigin Origin { get; init; }

    /// <summary>The HTTP status of the answer; <see langword="null"/> when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>GitHub's id of the request (<c>X-GitHub-Request-Id</c>), for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>The page that GitHub names for the error.</summary>
    public Uri? DocumentationUrl { get; init; }

    /// <summary>When asking again can help, in the clock of the caller; <see langword="null"/> when waiting does not help or is not known to.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Where a person can put it right.</summary>
    public Uri? FixUrl { get; init; }

    /// <summary>The rate-limit resource the answer counted against (<c>x-ratelimit-resource</c>), for example <c>core</c>.</summary>
    public string? RateLimitResource { get; init; }

    /// <summary>
    /// What the endpoint accepts (<c>X-Accepted-GitHub-Permissions</c>): alternatives separated by a semicolon,
    /// of each of which every comma-separated permission is needed.
    /// </summary>
    public string? AcceptedPermissions { get; init; }

    /// <summary>The single complaints of a refused request, as GitHub words them.</summary>
    public IReadOnlyList<string> ValidationErrors { get; init; } = [];

    /// <summary>Whose credential the call used.</summary>
    public CredentialOwner CredentialOwner { get; init; }

    /// <summary>Whether the same call can succeed later without anybody acting.</summary>
    public bool IsTransient => Reason
        is ErrorReason.ServerError
        or ErrorReason.Transport
        or ErrorReason.Timeout
        or ErrorReason.UnreadableResponse
        or ErrorReason.PrimaryRateLimit
        or ErrorReason.SecondaryRateLimit
        or ErrorReason.CircuitOpen;
}
