using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using static ScmIntegrations.Errors.CredentialOwner;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.GitHub.UserTokens;

/// <summary>
/// What the refusals of GitHub's token endpoints mean, as data. Most come with status 200, and the same words are read the same
/// with a 4xx. What has no word that is known is never held against the user: it may be anybody's on the way.
/// Sources: docs.github.com, "Troubleshooting OAuth app access token request errors", "Generating a user access token for a
/// GitHub App" (device flow), "Refreshing user access tokens"; RFC 6749 §5.2 and RFC 8628 §3.5.
/// </summary>
internal static class UserTokenErrorTable
{
    /// <summary>The user has not acted yet.</summary>
    public const string Pending = "authorization_pending";

    /// <summary>The device flow asks too often.</summary>
    public const string SlowDown = "slow_down";

    // A device's code is asked after as a write, see UserTokenRequest.
    private const OperationClass Grant = OperationClass.Write;

    /// <summary>The rows, in order.</summary>
    public static IReadOnlyList<UserTokenErrorRow> Rows { get; } =
    [
        // GitHub failed, whatever else it says.
        new(ServerError, Operator) { Statuses = [.. Enumerable.Range(500, 100)] },

        // A refresh token that is used, revoked or too old: the one thing that takes the user to put right.
        new(ReconnectRequired, Customer, "bad_refresh_token", "invalid_grant") { Classes = OperationClass.TokenRefresh },

        // What the user brought from the browser, or granted on it.
        new(BadCredentials, Customer, "bad_verification_code", "incorrect_device_code", "invalid_grant") { Classes = Grant },
        new(NotReady, Customer, Pending) { Classes = Grant },
        new(SecondaryRateLimit, Operator, SlowDown),
        new(NotAllowed, Customer, "access_denied") { Classes = Grant },
        new(ErrorReason.Gone, Customer, "expired_token", "token_expired") { Classes = Grant },
        new(AccountActionRequired, Customer, "unverified_user_email"),

        // The App itself, and this library.
        new(BadCredentials, Operator, "incorrect_client_credentials", "invalid_client", "application_suspended"),
        new(PlanRequired, Operator, "device_flow_disabled"),
        new(ValidationFailed, Operator, "redirect_uri_mismatch", "unsupported_grant_type", "invalid_request", "invalid_scope", "unauthorized_client"),

        // No word that is known: the status, as far as it says whose trouble it is.
        new(SecondaryRateLimit, Operator) { Statuses = [429] },
        new(SecondaryRateLimit, Operator) { Statuses = [403], AsksToWait = true },
        new(SecondaryRateLimit, Operator) { Statuses = [403], Phrase = "rate limit" },
        new(ErrorReason.Transport, Operator) { Statuses = [408, 421] },
        new(RedirectRefused, Operator) { Statuses = [300, 301, 302, 303, 305, 307, 308] },
        new(Unknown, Operator),
    ];

    /// <summary>The row that decides.</summary>
    public static UserTokenErrorRow Find(OperationClass operation, int status, UserTokenErrorBody body, bool asksToWait) =>
        Rows.First(row => row.Matches(operation, status, body, asksToWait));
}
