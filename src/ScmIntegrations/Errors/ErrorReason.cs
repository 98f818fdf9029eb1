namespace ScmIntegrations.Errors;

/// <summary>
/// What an answer means. A closed set: an answer that nobody knows is <see cref="Unknown"/>.
/// The wire name of a reason is its snake_case form (<c>empty_repository</c>), see <see cref="ErrorNames"/>.
/// </summary>
public enum ErrorReason
{
    /// <summary>Nobody knows this answer; status and message are kept.</summary>
    Unknown,

    /// <summary>The repository has no commit yet (409 "Git Repository is empty.").</summary>
    EmptyRepository,

    /// <summary>The state has changed, or contradicts the request (409, 412).</summary>
    Conflict,

    /// <summary>Missing, or not visible to this credential: GitHub answers both with the same 404.</summary>
    NotFound,

    /// <summary>The token is wrong, expired or revoked (401).</summary>
    BadCredentials,

    /// <summary>There is no credential, so nothing was sent.</summary>
    CredentialMissing,

    /// <summary>The private key cannot be read, or GitHub does not accept what it signs.</summary>
    InvalidAppKey,

    /// <summary>The credential is good but lacks a permission (403).</summary>
    PermissionMissing,

    /// <summary>The hourly limit of a credential and resource is used up (403 or 429).</summary>
    PrimaryRateLimit,

    /// <summary>GitHub asks this credential to slow down (403 or 429).</summary>
    SecondaryRateLimit,

    /// <summary>The request was understood and refused (400, 422); the errors say why.</summary>
    ValidationFailed,

    /// <summary>GitHub failed (5xx).</summary>
    ServerError,

    /// <summary>The body is not what was due: HTML, empty, cut off, too deep, or of another shape.</summary>
    UnreadableResponse,

    /// <summary>The body is larger than the configured bound.</summary>
    ResponseTooLarge,

    /// <summary>The credential would have left its origin, so nothing was sent.</summary>
    OriginBlocked,

    /// <summary>A redirect that is not followed: one too many, or one that would send a write again.</summary>
    RedirectRefused,

    /// <summary>No connection, or a connection that broke.</summary>
    Transport,

    /// <summary>An attempt, or the whole call, took longer than its bound.</summary>
    Timeout,

    /// <summary>The host has been failing, so nothing was sent.</summary>
    CircuitOpen,

    /// <summary>A listing ended before everything was read.</summary>
    IncompleteList,
}
