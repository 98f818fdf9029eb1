namespace ScmIntegrations.Quickstart.Tests;

/// <summary>403 in twenty kinds, in the words that GitHub is known to use.</summary>
internal static class ForbiddenAnswers
{
    private const string Appearance = "Although you appear to have the correct authorization credentials, the `acme` organization ";
    private const string TokensPage = "https://github.com/settings/personal-access-tokens";

    public static IReadOnlyList<ForbiddenAnswer> All { get; } =
    [
        new("secondary_rate_limit", "nobody", "a second apart", "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.") { Headers = [("Retry-After", "60")] },
        new("primary_rate_limit", "nobody", "hourly limit", "API rate limit exceeded for installation ID 42.") { Headers = [("x-ratelimit-remaining", "0")] },
        new("login_locked_out", "user", "refused credential", "Maximum number of login attempts exceeded. Please try again later."),
        new("saml_sso_required", "user", "single sign-on", "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.")
        {
            Headers = [("X-GitHub-SSO", "required; url=https://github.com/orgs/acme/sso?authorization_request=AZ")],
            FixUrl = "https://github.com/orgs/acme/sso?authorization_request=AZ",
        },
        new("ip_allow_list", "administrator", "IP allow list", Appearance + "has an IP allow list enabled, and your IP address is not permitted to access this resource.") { FixUrl = "https://github.com/organizations/acme/settings/security" },
        new("oauth_app_restricted", "administrator", "approve the OAuth App", Appearance + "has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.") { FixUrl = "https://github.com/organizations/acme/settings/oauth_application_policy" },
        new("classic_token_forbidden", "user", "no classic token", "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.") { FixUrl = TokensPage + "/new" },
        new("fine_grained_token_forbidden", "user", "admit fine-grained", "`acme` forbids access via a personal access token with fine-grained permissions.") { FixUrl = "https://github.com/organizations/acme/settings/personal-access-tokens" },
        new("token_lifetime_policy", "user", "lives no longer", "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/4711") { FixUrl = TokensPage + "/4711" },
        new("installation_suspended", "administrator", "Unsuspend the App", "This installation has been suspended"),
        new("user_suspended", "user", "account is suspended", "Sorry. Your account was suspended."),
        new("account_action_required", "user", "verify its e-mail", "At least one email address must be verified to do that."),
        new("repository_blocked", "administrator", "has blocked the repository", "Repository access blocked")
        {
            Body = """{"message":"Repository access blocked","block":{"reason":"tos","created_at":"2026-01-01T00:00:00Z","html_url":"https://github.com/tos"}}""",
            FixUrl = "https://github.com/tos",
        },
        new("trade_controls", "administrator", "Trade controls", "Due to U.S. trade controls law restrictions, this GitHub account has been restricted."),
        new("permission_missing", "administrator", "Grant what is missing", "Resource not accessible by integration") { Headers = [("X-Accepted-GitHub-Permissions", "contents=write,workflows=write; administration=write")] },
        new("token_permission_missing", "user", "permission or scope", "Resource not accessible by personal access token") { Headers = [("X-Accepted-GitHub-Permissions", "contents=read")], FixUrl = TokensPage },
        new("repository_archived", "administrator", "Unarchive", "Repository was archived so is read-only.") { FixUrl = "https://github.com/acme/api/settings" },
        new("blob_too_large", "developer", "raw media type", "This API returns blobs up to 1 MB in size. The requested blob is too large to fetch via the API."),
        new("plan_required", "administrator", "choose a plan", "Upgrade to GitHub Pro or make this repository public to enable this feature."),
        new("validation_failed", "developer", "Correct the request", "Missing or invalid User Agent string."),
    ];
}
