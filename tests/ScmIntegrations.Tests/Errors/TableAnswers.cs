using ScmIntegrations.Errors;
using static ScmIntegrations.Errors.ErrorReason;

namespace ScmIntegrations.Tests.Errors;

/// <summary>GitHub's answers in its own words: for each row of the table those that this very row decides, in the table's order.</summary>
internal static class TableAnswers
{
    private const string Denied = "You do not have access.";
    private const string Page = "<!DOCTYPE html><html><body>Access denied</body></html>";

    // A classic token without the scope, and the last request of a window on top.
    private static readonly (string Name, string? Value)[] NoScope = [("X-OAuth-Scopes", "read:user"), ("X-Accepted-OAuth-Scopes", "repo"), ("x-ratelimit-remaining", "0")];

    public static IReadOnlyList<IReadOnlyList<GivenAnswer>> ByRow { get; } =
    [
        // Limits that name themselves.
        [new(PlanRequired, 403) { OtherBody = """{"message":"Rate Limit Exceeded","errors":["Repository level self-hosted runners are disabled on this repository"]}""" }],
        [
            new(SecondaryRateLimit, 403, "This endpoint is temporarily being throttled. Please try again later."),
            new(SecondaryRateLimit, 403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."),
            new(SecondaryRateLimit, 403, "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later."),
            new(SecondaryRateLimit, 403, "You have been temporarily blocked from content creation. Please retry your request again later."),
            new(SecondaryRateLimit, 403, "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again."),
            new(SecondaryRateLimit, 429, "You have exceeded a secondary rate limit. If you reach out to GitHub Support for help, please include the request ID AB12:3456."),
        ],
        [
            new(SecondaryRateLimit, 422) { OtherBody = """{"message":"Validation Failed","errors":[{"resource":"IssueComment","code":"unprocessable","field":"data","message":"was submitted too quickly"}]}""" },
            new(SecondaryRateLimit, 422) { OtherBody = """{"message":"Validation Failed","errors":[{"resource":"PullRequestReviewComment","code":"abuse","field":"base"}]}""" },
        ],
        [
            new(SecondaryRateLimit, 403, Denied) { DocumentationUrl = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits" },
            new(SecondaryRateLimit, 429, Denied) { DocumentationUrl = "https://docs.github.com/en/free-pro-team@latest/rest/overview/resources-in-the-rest-api#Secondary-Rate-Limits" },
        ],
        [
            new(SecondaryRateLimit, 403, Denied) { DocumentationUrl = "https://developer.github.com/v3/#abuse-rate-limits" },
            new(SecondaryRateLimit, 429) { OtherBody = """{"documentation_url":"https://developer.github.com/v3/#abuse-rate-limits"}""" },
        ],
        [
            new(PrimaryRateLimit, 403, "API rate limit exceeded for installation ID 12345."),
            new(PrimaryRateLimit, 403, "API rate limit exceeded for user ID 1."),
            new(PrimaryRateLimit, 403, "API rate limit already exceeded for user ID 1."),
            new(PrimaryRateLimit, 429, "API rate limit exceeded for 192.0.2.1. (But here's the good news: Authenticated requests get a higher rate limit.)"),
            new(PrimaryRateLimit, 403, "You have exceeded your hourly rate limit."),
        ],

        // 401.
        [
            new(ClockSkew, 401, "'Expiration time' claim ('exp') is too far in the future"),
            new(ClockSkew, 401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"),
            new(ClockSkew, 401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"),
            new(ClockSkew, 401, "The exp of the assertion is too far in the future"),
        ],
        [
            new(InvalidAppKey, 401, "A JSON web token could not be decoded"),
            new(InvalidAppKey, 401, "The JWT could not be decoded"),
            new(InvalidAppKey, 401, "Integration must generate a public key"),
            new(InvalidAppKey, 401, "'Issuer' claim ('iss') must be an Integer"),
        ],
        [new(CredentialMissing, 401, "Requires authentication")],
        [new(FreshToken, 401, "Bad credentials") { Token = TokenAge.Fresh }],
        [new(SeenAsAnonymous, 401, "Bad credentials") { Token = TokenAge.Proven, Headers = [("x-ratelimit-limit", "60")] }],

        // Policies.
        [
            new(IpAllowList, 403, "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource."),
            new(IpAllowList, 403, "Although you appear to have the correct authorization credentials, the `acme-inc` enterprise has an IP allow list enabled, and 192.0.2.1 is not permitted to access this resource."),
            new(IpAllowList, 403, "Your IP address is not permitted to access this resource."),
        ],
        [new(OauthAppRestricted, 403, "Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.")],
        [
            new(SamlSsoRequired, 403, "Resource protected by organization SAML enforcement.") { Headers = [("X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request=A1")] },
            new(SamlSsoRequired, 404, "Not Found") { Headers = [("X-GitHub-SSO", "Required; url=https://github.com/orgs/acme/sso?authorization_request=A1")] },
        ],
        [
            new(SamlSsoRequired, 403, "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization."),
            new(SamlSsoRequired, 403, "Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization."),
            new(SamlSsoRequired, 403, "This organization has enabled SAML SSO."),
        ],
        [new(LoginLockedOut, 403, "Maximum number of login attempts exceeded. Please try again later.")],
        [
            new(TokenLifetimePolicy, 403, "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/1"),
            new(TokenLifetimePolicy, 403, "The 'acme' organization forbids access via a personal access tokens (classic) if the token's lifetime is greater than 366 days."),
        ],
        [
            new(ClassicTokenForbidden, 403, "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions."),
            new(ClassicTokenForbidden, 403, "The `acme-inc` enterprise forbids access via personal access tokens (classic). Please use a fine-grained personal access token."),
            new(ClassicTokenForbidden, 403, "The 'acme' organization forbids access via a classic personal access token."),
        ],
        [
            new(FineGrainedTokenForbidden, 403, "`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, OAuth App, or a personal access token (classic)."),
            new(FineGrainedTokenForbidden, 403, "The `acme-inc` enterprise forbids access via fine-grained personal access tokens. Please use a personal access token (classic)."),
        ],

        // The installation, the account.
        [
            new(InstallationSuspended, 403, "This installation has been suspended"),
            new(InstallationSuspended, 403, "The owner has suspended your access."),
        ],
        [
            new(UserSuspended, 403, "Sorry. Your account was suspended"),
            new(UserSuspended, 403, "Your account has been suspended."),
            new(UserSuspended, 403, "This account is suspended. Please check your email for more information."),
            new(UserSuspended, 403, "Your account has been temporarily suspended."),
        ],
        [new(InvalidAppKey, 404, "Integration not found") { Path = "/app/installations/7/access_tokens", Method = HttpMethod.Post }],
        [
            new(InstallationGone, 404, "Not Found") { Path = "/app/installations/7/access_tokens", Method = HttpMethod.Post },
            new(InstallationGone, 404, "Not Found") { Path = "/app/installations/7" },
        ],
        [
            new(AccountActionRequired, 403, "At least one email address must be verified to do that."),
            new(AccountActionRequired, 403, "Your e-mail address must be verified."),
            new(AccountActionRequired, 403, "You must verify your email address."),
            new(AccountActionRequired, 403, "There is a billing issue with this account."),
            new(AccountActionRequired, 403, "The `acme` organization requires two-factor authentication."),
        ],

        // Blocked.
        [
            new(LegalBlock, 403) { OtherBody = """{"message":"Repository access blocked","block":{"reason":"dmca","created_at":"2026-01-01T00:00:00Z","html_url":"https://github.com/github/dmca"}}""" },
            new(LegalBlock, 451) { OtherBody = """{"message":"Repository access blocked","block":{"reason":"DMCA"}}""" },
        ],
        [
            new(RepositoryBlocked, 403) { OtherBody = """{"message":"Repository access blocked","block":{"reason":"tos","created_at":"2026-01-01T00:00:00Z","html_url":"https://github.com/contact/dmca"}}""" },
        ],
        [new(RepositoryBlocked, 403) { OtherBody = """{"message":"Repository unavailable","block":{"reason":"sensitive_data"}}""" }],
        [
            new(TradeControls, 403, "Due to U.S. trade controls law restrictions, this GitHub account has been disabled."),
            new(TradeControls, 451, "Due to U.S. trade controls law restrictions, this repository has been disabled."),
            new(TradeControls, 403, "This account is restricted by U.S. trade control law."),
        ],

        // A licence, a quota.
        [
            new(LicenseMissing, 403, "The user is not licensed for Copilot."),
            new(LicenseMissing, 403, "User not licensed to use Copilot coding agent"),
            new(LicenseMissing, 403) { OtherBody = """{"error":{"message":"not licensed for this feature"}}""" },
            new(LicenseMissing, 400, "not licensed"),
            new(LicenseMissing, 402, "A Copilot license is required."),
            new(LicenseMissing, 404, "octocat is not licensed to start agent tasks"),
            new(LicenseMissing, 412, "Not licensed"),
            new(LicenseMissing, 422, "Validation failed: the user is not licensed"),
        ],
        [
            new(QuotaExceeded, 412, "insufficient premium quota to create assignment"),
            new(QuotaExceeded, 412) { OtherBody = """{"error":{"message":"Insufficient premium quota to create assignment","code":"quota"}}""" },
            new(QuotaExceeded, 402, "You have reached your premium request quota."),
            new(QuotaExceeded, 403, "Your premium request quota is used up."),
            new(QuotaExceeded, 422, "You are out of premium requests"),
            new(QuotaExceeded, 429, "You have exceeded your premium request allowance."),
        ],

        // The repository, the file, the plan.
        [
            new(RepositoryArchived, 403, "Repository was archived so is read-only.") { Method = HttpMethod.Patch },
            new(RepositoryArchived, 409, "The repository is archived, and read only.") { Method = HttpMethod.Put },
            new(RepositoryArchived, 422, "Repository was archived so is read-only.") { Method = HttpMethod.Post },
        ],
        [
            new(BlobTooLarge, 403) { OtherBody = """{"message":"Forbidden","errors":[{"resource":"Blob","field":"data","code":"too_large"}]}""" },
            new(BlobTooLarge, 422) { OtherBody = """{"message":"Validation Failed","errors":[{"resource":"Blob","field":"data","code":"too_large"}]}""" },
        ],
        [
            new(BlobTooLarge, 403, "This API returns blobs up to 1 MB in size."),
            new(BlobTooLarge, 403, "The requested blob is too large to fetch via the API, but you can use the Git Data API to request blobs."),
            new(BlobTooLarge, 403, "Files between 1 and 100 MB need the raw media type."),
        ],
        [
            new(PlanRequired, 403, "Upgrade to GitHub Pro or make this repository public to enable this feature."),
            new(PlanRequired, 403, "Advanced Security must be enabled for this repository to use code scanning."),
            new(PlanRequired, 403, "Code scanning is not enabled for this repository. Please enable it in the repository settings."),
            new(PlanRequired, 403, "Dependabot alerts are disabled for this repository."),
            new(PlanRequired, 403, "Secret scanning is disabled on this repository."),
            new(PlanRequired, 403, "This feature is not available on your organization's plan."),
            new(PlanRequired, 403, "Your current plan does not include this."),
        ],
        [
            new(ValidationFailed, 403)
            {
                OtherBody = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/rest#user-agent-required).\n",
                ContentType = "text/plain; charset=utf-8",
            },
            new(ValidationFailed, 403, "Missing or invalid User Agent string."),
        ],

        // Permissions.
        [new(PermissionMissing, 403, "Resource not accessible by integration") { Headers = [("X-Accepted-GitHub-Permissions", "contents=read")] }],
        [
            new(TokenPermissionMissing, 403, "Resource not accessible by personal access token") { Headers = [("X-Accepted-GitHub-Permissions", "contents=read")] },
            new(TokenPermissionMissing, 403, "This token is missing the `read:org` scope."),
            new(TokenPermissionMissing, 403, "Your token has not been granted the required scopes to execute this query. The 'login' field requires one of the following scopes: ['read:org']."),
        ],
        [
            new(TokenPermissionMissing, 403, "Must have admin rights to Repository.") { Headers = NoScope },
            new(TokenPermissionMissing, 403, "You must have push access to this repository.") { Headers = NoScope },
            new(TokenPermissionMissing, 403, "You must be an organization member.") { Headers = NoScope },
            new(TokenPermissionMissing, 403, "You must be an organization owner.") { Headers = NoScope },
        ],
        [
            new(PermissionMissing, 403, "Must have admin rights to Repository.") { Headers = [("x-ratelimit-remaining", "0")] },
            new(PermissionMissing, 403, "Must have push access to view repository collaborators.") { Headers = [("x-ratelimit-remaining", "0")] },
            new(PermissionMissing, 403, "You must be a member of the organization.") { Headers = [("Retry-After", "30")] },
            new(PermissionMissing, 403, "You must be an organization owner.") { Headers = [("Retry-After", "30")] },
        ],
        [
            new(PermissionMissing, 422, "The permissions requested are not granted to this installation.") { Path = "/app/installations/7/access_tokens", Method = HttpMethod.Post },
            new(PermissionMissing, 422, "The level of access for permissions requested are not granted to this installation.") { Path = "/app/installations/7/access_tokens", Method = HttpMethod.Post },
        ],

        // The rules of a branch.
        [
            new(NotAllowed, 403, "Protected branch update failed for refs/heads/main."),
            new(NotAllowed, 409, "Repository rule violations found"),
            new(NotAllowed, 409, "Could not update file: Changes must be made through a pull request."),
            new(NotAllowed, 422, "Repository rule violations found"),
            new(NotAllowed, 422, "Cannot update this protected branch"),
        ],

        // Empty, missing, changed, already there.
        [
            new(EmptyRepository, 409, "Git Repository is empty."),
            new(EmptyRepository, 404, "This repository is empty."),
            new(EmptyRepository, 422, "Git Repository is empty."),
        ],
        [new(EmptyRepository, 422, "Cannot update default branch for an empty repository. Please init the repository and push first.") { Method = HttpMethod.Patch }],
        [
            new(ErrorReason.NotFound, 422, "No commit found for SHA: feature"),
            new(ErrorReason.NotFound, 422, "There is at least one repository that does not exist or is not accessible to the parent installation.") { Method = HttpMethod.Post },
            new(ErrorReason.NotFound, 422, "Reference does not exist") { Method = HttpMethod.Delete },
        ],
        [
            new(RefMoved, 409, "is at 1f0b2d3 but expected 9a8b7c6") { Method = HttpMethod.Put },
            new(RefMoved, 422, "is at 1f0b2d3 but expected 9a8b7c6") { Method = HttpMethod.Patch },
            new(RefMoved, 409, "refs/heads/main expected to be at 1f0b2d3") { Method = HttpMethod.Put },
            new(RefMoved, 422, "Update is not a fast forward") { Method = HttpMethod.Patch },
            new(RefMoved, 409, "Head branch was modified. Review and try the merge again.") { Method = HttpMethod.Put },
            new(RefMoved, 405, "Base branch was modified. Review and try the merge again.") { Method = HttpMethod.Put },
        ],
        [new(ContentChanged, 409, "docs/a.md does not match 3d21ec53a331a6f037a91c368710b99387d012c1") { Method = HttpMethod.Put }],
        [
            new(AlreadyExists, 422, "Reference already exists") { Method = HttpMethod.Post },
            new(AlreadyExists, 409, "Repository already exists on this account") { Method = HttpMethod.Post },
        ],
        [
            new(AlreadyExists, 422) { Method = HttpMethod.Post, OtherBody = """{"message":"Validation Failed","errors":[{"resource":"Label","code":"already_exists","field":"name"}]}""" },
            new(AlreadyExists, 409) { Method = HttpMethod.Post, OtherBody = """{"message":"Conflict","errors":[{"resource":"Label","code":"already_exists","field":"name"}]}""" },
            new(AlreadyExists, 422) { Method = HttpMethod.Post, OtherBody = """{"message":"Validation Failed","errors":[{"resource":"PullRequest","code":"custom","message":"A pull request already exists for acme:feature."}]}""" },
        ],

        // The limit headers.
        [
            new(PrimaryRateLimit, 403, Denied) { Headers = [("x-ratelimit-remaining", "0")] },
            new(PrimaryRateLimit, 429) { Headers = [("x-ratelimit-remaining", "0")] },
        ],
        [new(SecondaryRateLimit, 403, Denied) { Headers = [("Retry-After", "30")] }],
        [new(SecondaryRateLimit, 403, Denied) { Headers = [("gh-limited-by", "search-elapsed-time-shared-grouped")] }],
        [
            new(SecondaryRateLimit, 429),
            new(SecondaryRateLimit, 429) { OtherBody = "<html><body>Whoa there!</body></html>", ContentType = "text/html" },
            new(SecondaryRateLimit, 429, "Resource not accessible by integration"),
        ],

        // The status alone.
        [
            new(SamlPartialResults, 200) { OtherBody = "[]", Headers = [("X-GitHub-SSO", "partial-results; organizations=21955855,20582480")] },
            new(SamlPartialResults, 206) { OtherBody = "[]", Headers = [("X-GitHub-SSO", "Partial-Results; organizations=1")] },
        ],
        [new(NotReady, 202) { OtherBody = "{}" }],
        [
            new(RedirectRefused, 300, "Multiple Choices"),
            new(RedirectRefused, 301, "Moved Permanently"),
            new(RedirectRefused, 302, "Found") { Method = HttpMethod.Post },
            new(RedirectRefused, 303),
            new(RedirectRefused, 305),
            new(RedirectRefused, 307, "Temporary Redirect") { Method = HttpMethod.Patch },
            new(RedirectRefused, 308),
        ],
        [
            new(ValidationFailed, 400, "Problems parsing JSON"),
            new(ValidationFailed, 400, "Body should be a JSON object"),
            new(ValidationFailed, 400, "The API version 2020-01-01 is not supported."),
            new(ValidationFailed, 406, "This resource does not support the 'full' media type parameter"),
            new(ValidationFailed, 411),
            new(ValidationFailed, 413),
            new(ValidationFailed, 414),
            new(ValidationFailed, 415, "Unsupported 'Accept' header: '*/*'. Must accept 'application/json'."),
            new(ValidationFailed, 422, "Invalid request.\n\n\"sha\" wasn't supplied."),
            new(ValidationFailed, 422, "Validation failed, or the endpoint has been spammed."),
            new(ValidationFailed, 431),
        ],
        [
            new(BadCredentials, 401, "Bad credentials"),
            new(BadCredentials, 401, "Bad credentials") { Token = TokenAge.Proven },
            new(BadCredentials, 401, "Must specify two-factor authentication OTP code.") { Headers = [("X-GitHub-OTP", "required; app")] },
            new(BadCredentials, 401),
        ],
        [new(PlanRequired, 402, "Payment required")],
        [new(Unknown, 403) { OtherBody = Page, ContentType = "text/html", Headers = [("X-GitHub-Request-Id", null)] }],
        [new(TokenPermissionMissing, 403, Denied) { Headers = [("X-OAuth-Scopes", "read:user, gist"), ("X-Accepted-OAuth-Scopes", "repo, public_repo")] }],
        [
            new(PermissionMissing, 403, Denied),
            new(PermissionMissing, 403),
            new(PermissionMissing, 403) { OtherBody = Page, ContentType = "text/html" },
            new(PermissionMissing, 403, Denied) { Headers = [("X-OAuth-Scopes", "repo"), ("X-Accepted-OAuth-Scopes", "repo, public_repo")] },
        ],
        [
            new(ErrorReason.NotFound, 404, "Not Found"),
            new(ErrorReason.NotFound, 404, "Branch not protected"),
            new(ErrorReason.NotFound, 404),
        ],
        [new(NotAllowed, 405, "Pull Request is not mergeable") { Method = HttpMethod.Put }],
        [
            new(ErrorReason.Transport, 408),
            new(ErrorReason.Transport, 421),
        ],
        [
            new(Conflict, 409, "Merge conflict") { Method = HttpMethod.Post },
            new(Conflict, 412),
        ],
        [
            new(ErrorReason.Gone, 410, "Issues are disabled for this repo") { Method = HttpMethod.Post },
            new(ErrorReason.Gone, 410, "This API version has ended."),
        ],
        [
            new(LegalBlock, 451),
            new(LegalBlock, 451, "Repository access blocked"),
        ],
        [
            new(ServerError, 500, "Server Error"),
            new(ServerError, 502) { OtherBody = "<html><head><title>Unicorn!</title></head></html>", ContentType = "text/html" },
            new(ServerError, 503, "No server is currently available to service your request. Sorry about that. Please try refreshing and contact us if the problem persists."),
            new(ServerError, 504),
            new(ServerError, 501),
            new(ServerError, 599),
        ],
        [
            new(Unknown, 418, "I'm a teapot"),
            new(Unknown, 499),
            new(Unknown, 306),
            new(Unknown, 600),
            new(Unknown, 304),
        ],
    ];

    public static IEnumerable<GivenAnswer> All => ByRow.SelectMany(answers => answers);
}
