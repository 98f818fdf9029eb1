namespace ScmIntegrations.Errors;

/// <summary>
/// What an answer means. A closed set: an answer that nobody knows is <see cref="Unknown"/>.
/// The wire name of a reason is its snake_case form (<c>empty_repository</c>), see <see cref="ErrorNames"/>.
/// <c>docs/errors.md</c> lists which answers lead to which reason, who can act, and how.
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

    /// <summary>No credential could be had, so nothing was sent; or none arrived (401 "Requires authentication").</summary>
    CredentialMissing,

    /// <summary>The private key cannot be read, or GitHub does not accept what it signs.</summary>
    InvalidAppKey,

    /// <summary>The credential is good but lacks a permission (403).</summary>
    PermissionMissing,

    /// <summary>The hourly limit of a credential and resource is used up (403 or 429).</summary>
    PrimaryRateLimit,

    /// <summary>GitHub asks this credential to slow down (403 or 429).</summary>
    SecondaryRateLimit,

    /// <summary>The request was understood and refused as it stands (400, 406, 411, 413, 414, 415, 422, 431); the errors say why.</summary>
    ValidationFailed,

    /// <summary>GitHub failed (5xx).</summary>
    ServerError,

    /// <summary>The body is not what was due: HTML, empty, cut off, or of another shape.</summary>
    UnreadableResponse,

    /// <summary>The body is larger, or nested deeper, than the configured bound.</summary>
    ResponseTooLarge,

    /// <summary>The credential would have left its origin, so nothing was sent.</summary>
    OriginBlocked,

    /// <summary>A redirect that is not followed: one too many, or one that would send a write again.</summary>
    RedirectRefused,

    /// <summary>No connection, or a connection that broke (also 408 and 421, by which a server says so).</summary>
    Transport,

    /// <summary>An attempt, or the whole call, took longer than its bound.</summary>
    Timeout,

    /// <summary>The host has been failing, so nothing was sent.</summary>
    CircuitOpen,

    /// <summary>A listing ended before everything was read.</summary>
    IncompleteList,

    /// <summary>The secure connection was refused: the certificate is not trusted, or is another host's.</summary>
    TlsRefused,

    /// <summary>Another update of the same ref came first, or the update is no fast-forward (409, 422; 405 for the base of a merge).</summary>
    RefMoved,

    /// <summary>The file has another content by now than the one the request was made from (409).</summary>
    ContentChanged,

    /// <summary>What should be created is there already (422).</summary>
    AlreadyExists,

    /// <summary>Not in this state: a pull request that cannot be merged, a branch whose rules do not allow it, a method that the address does not take (403, 405, 409, 422).</summary>
    NotAllowed,

    /// <summary>Switched off or retired: issues disabled for the repository, an API version that has ended (410).</summary>
    Gone,

    /// <summary>The personal access token lacks a permission or scope (403).</summary>
    TokenPermissionMissing,

    /// <summary>The organisation wants the token authorised through its single sign-on (403 with <c>X-GitHub-SSO: required</c>).</summary>
    SamlSsoRequired,

    /// <summary>A list without the entries of organisations that want single sign-on (200 with <c>X-GitHub-SSO: partial-results</c>).</summary>
    SamlPartialResults,

    /// <summary>The organisation or enterprise admits listed addresses only, and this one is not listed (403).</summary>
    IpAllowList,

    /// <summary>The organisation has not approved the OAuth App (403).</summary>
    OauthAppRestricted,

    /// <summary>The organisation admits no classic personal access tokens (403).</summary>
    ClassicTokenForbidden,

    /// <summary>The organisation admits no fine-grained personal access tokens (403).</summary>
    FineGrainedTokenForbidden,

    /// <summary>The token lives longer than the organisation allows (403).</summary>
    TokenLifetimePolicy,

    /// <summary>The App's installation is suspended.</summary>
    InstallationSuspended,

    /// <summary>The App's installation has been removed (404 for its token).</summary>
    InstallationGone,

    /// <summary>The user's account is suspended (403).</summary>
    UserSuspended,

    /// <summary>The account has to do something first: verify its e-mail address, settle a bill, switch two-factor authentication on (403).</summary>
    AccountActionRequired,

    /// <summary>GitHub has blocked the repository, as for its terms of service (403).</summary>
    RepositoryBlocked,

    /// <summary>Blocked for legal reasons, as by a DMCA notice (451).</summary>
    LegalBlock,

    /// <summary>Blocked by trade controls (403).</summary>
    TradeControls,

    /// <summary>The repository is archived, so it can only be read (403).</summary>
    RepositoryArchived,

    /// <summary>The file is too large for this endpoint (403).</summary>
    BlobTooLarge,

    /// <summary>The plan does not include it, or the feature is not switched on (402, 403).</summary>
    PlanRequired,

    /// <summary>The user has no Copilot license, or none that covers the repository's owner (any 4xx that says so).</summary>
    LicenseMissing,

    /// <summary>The premium request quota is used up, so nothing that costs premium requests begins (412, or another 4xx that says so).</summary>
    QuotaExceeded,

    /// <summary>Too many refused logins: GitHub refuses even good credentials for a while (403).</summary>
    LoginLockedOut,

    /// <summary>A token seconds old that not all of GitHub knows yet (401).</summary>
    FreshToken,

    /// <summary>GitHub took a request with a token for one without (401 with the limit of anonymous callers): its own passing trouble.</summary>
    SeenAsAnonymous,

    /// <summary>This machine's clock differs from GitHub's, so the App's JWT is refused (401).</summary>
    ClockSkew,

    /// <summary>GitHub is still computing the answer (202 to a read).</summary>
    NotReady,

    /// <summary>The account has to be connected anew: its refresh token was refused.</summary>
    ReconnectRequired,

    /// <summary>A stored credential cannot be decrypted: it was changed, belongs to another account or version, or its key is gone.</summary>
    CredentialUnreadable,
}
