using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>
/// What GitHub's answers mean, as data. The first row that matches decides: a definite message, header or documentation page
/// first, then the limit headers, then the status alone. A permission error can coincide with the last request of a
/// window, which is why the message goes before the headers. Printed in <c>docs/errors.md</c>.
/// </summary>
internal static class GitHubErrorTable
{
    private static readonly int[] Limited = [403, 429];
    private static readonly int[] Changed = [409, 422];
    private static readonly int[] Moved = [405, .. Changed];
    private static readonly string[] MustHave = ["must have * rights", "must have * access", "must be * member", "must be * owner"];

    /// <summary>The rows, in order; the last one matches everything.</summary>
    public static IReadOnlyList<GitHubErrorRow> Rows { get; } =
    [
        // Limits that name themselves; and a feature that is off, which GitHub has been seen to call a limit.
        new(PlanRequired, 403) { When = Circumstance.FeatureDisabled },
        new(SecondaryRateLimit, Limited) { Message = Any("secondary rate", "abuse detection mechanism", "temporarily blocked from content creation", "temporarily being throttled") },
        new(SecondaryRateLimit, 422) { When = Circumstance.TooQuick },
        new(SecondaryRateLimit, Limited) { DocumentationEndsWith = "secondary-rate-limits" },
        new(SecondaryRateLimit, Limited) { DocumentationEndsWith = "#abuse-rate-limits" },
        new(PrimaryRateLimit, Limited) { Message = Any("rate limit * exceeded", "exceeded * rate limit") },

        // 401: the credential, by message.
        new(ClockSkew, 401) { Message = Any("expiration time claim", "issued at claim", "exp * too far in the future") },
        new(InvalidAppKey, 401) { Message = Any("JSON web token could not be decoded", "must generate a public key", "JWT could not be decoded", "issuer claim") },
        new(CredentialMissing, 401) { Message = Any("requires authentication") },
        new(FreshToken, 401) { When = Circumstance.TokenFresh },
        new(SeenAsAnonymous, 401) { Header = "x-ratelimit-limit", HeaderIs = "60", When = Circumstance.TokenTrusted },

        // 403: policies, by message or header. The first two share their opening words, so it is the rest that is looked for. A refused
        // kind of token is named in the sentence that forbids it; the next one may recommend another kind.
        new(IpAllowList, 403) { Message = Any("IP allow list", "IP address is not permitted") },
        new(OauthAppRestricted, 403) { Message = Any("OAuth App access restrictions") },
        new(SamlSsoRequired, 403, 404) { Header = "X-GitHub-SSO", HeaderStartsWith = "required" },
        new(SamlSsoRequired, 403) { Message = Any("SAML enforcement", "SAML SSO") },
        new(LoginLockedOut, 403) { Message = Any("number of login attempts exceeded") },
        new(TokenLifetimePolicy, 403) { Message = Any("forbids access * lifetime") },
        new(ClassicTokenForbidden, 403) { Message = Any("forbids access via * classic") },
        new(FineGrainedTokenForbidden, 403) { Message = Any("forbids access via * fine grained") },

        // The installation, the account.
        new(InstallationSuspended, 403) { Message = Any("installation * suspended", "suspended your access") },
        new(UserSuspended, 403) { Message = Any("account * suspended") },
        new(InvalidAppKey, 404) { Message = Any("integration not found") },
        new(InstallationGone, 404) { When = Circumstance.AsksForInstallation },
        new(AccountActionRequired, 403) { Message = Any("mail address must be verified", "email address must be verified", "verify your email", "billing issue", "two factor authentication") },

        // Blocked.
        new(LegalBlock, 403, 451) { When = Circumstance.BlockedByDmca },
        new(RepositoryBlocked, 403) { Message = Any("access blocked") },
        new(RepositoryBlocked, 403) { When = Circumstance.Blocked },
        new(TradeControls, 403, 451) { Message = Any("trade control") },

        // A licence, a quota: whatever the status, and before the 412 that is a conflict.
        new(LicenseMissing, Range(400, 499)) { Message = Any("not licensed", "Copilot license") },
        new(QuotaExceeded, Range(400, 499)) { Message = Any("insufficient premium quota", "premium request quota", "out of premium requests", "exceeded * premium request") },

        // The repository, the file, the plan.
        new(RepositoryArchived, 403, 409, 422) { Message = Any("archived * read only") },
        new(BlobTooLarge, 403, 422) { When = Circumstance.ErrorTooLarge },
        new(BlobTooLarge, 403) { Message = Any("blobs up to", "too large to fetch", "between * MB") },
        new(PlanRequired, 403) { Message = Any("upgrade to GitHub", "must be enabled", "is not enabled for", "disabled for this", "disabled on this", "not available on your * plan", "your current plan") },
        new(ValidationFailed, 403) { Message = Any("user agent") },

        // Permissions.
        new(PermissionMissing, 403) { Message = Any("resource not accessible by integration") },
        new(TokenPermissionMissing, 403) { Message = Any("resource not accessible by personal access token", "missing the * scope", "not been granted the required scopes") },
        new(TokenPermissionMissing, 403) { Message = Any(MustHave), When = Circumstance.ScopeMissing },
        new(PermissionMissing, 403) { Message = Any(MustHave) },
        new(PermissionMissing, 422) { Message = Any("permissions requested are not granted", "level of access for permissions requested") },

        // What the rules of a branch do not allow, under whatever status.
        new(NotAllowed, 403, 409, 422) { Message = Any("rule violations found", "protected branch", "made through a pull request") },

        // Empty, missing, changed, already there.
        new(EmptyRepository, 404, 409, 422) { Message = Any("repository is empty") },
        new(EmptyRepository, 422) { Message = Any("for an empty repository") },
        new(ErrorReason.NotFound, 422) { Message = Any("no commit found", "reference does not exist", "not accessible to the parent installation") },
        new(RefMoved, Moved) { Message = Any("is at * but expected", "expected to be at", "not a fast forward", "branch was modified") },
        new(ContentChanged, 409) { Message = Any("does not match") },
        new(AlreadyExists, Changed) { Message = Any("already exists") },
        new(AlreadyExists, Changed) { When = Circumstance.AllErrorsAlreadyExist },

        // The limit headers.
        new(PrimaryRateLimit, Limited) { Header = "x-ratelimit-remaining", HeaderIs = "0" },
        new(SecondaryRateLimit, 403) { Header = "Retry-After" },
        new(SecondaryRateLimit, 403) { Header = "gh-limited-by" },
        new(SecondaryRateLimit, 429),

        // The status alone.
        new(SamlPartialResults, Range(200, 299)) { Header = "X-GitHub-SSO", HeaderStartsWith = "partial-results" },
        new(NotReady, 202) { When = Circumstance.Read },
        new(RedirectRefused, 300, 301, 302, 303, 305, 307, 308),
        new(ValidationFailed, 400, 406, 411, 413, 414, 415, 422, 431),
        new(BadCredentials, 401),
        new(PlanRequired, 402),
        new(Unknown, 403) { When = Circumstance.ForeignPage },
        new(TokenPermissionMissing, 403) { When = Circumstance.ScopeMissing },
        new(PermissionMissing, 403),
        new(NotFound, 404),
        new(NotAllowed, 405),
        new(ErrorReason.Transport, 408, 421),
        new(Conflict, 409, 412),
        new(Gone, 410),
        new(LegalBlock, 451),
        new(ServerError, Range(500, 599)),
        new(Unknown),
    ];

    private static Phrase[] Any(params string[] phrases) => [.. phrases.Select(phrase => new Phrase(phrase))];

    private static int[] Range(int first, int last) => [.. Enumerable.Range(first, last - first + 1)];
}
