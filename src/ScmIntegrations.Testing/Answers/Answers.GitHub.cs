using System.Globalization;

namespace ScmIntegrations.Testing;

/// <content>Errors that GitHub is known to give.</content>
public static partial class Answers
{
    private const string RateLimitDocumentation = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
    private const string ContentDocumentation = "https://docs.github.com/rest/repos/contents#get-repository-content";
    private const string TreeDocumentation = "https://docs.github.com/rest/git/trees#get-a-tree";

    /// <summary>401 <c>Bad credentials</c>: a token that is wrong, expired or revoked.</summary>
    /// <returns>The answer.</returns>
    public static Answer BadCredentials() => GitHubError(401, "Bad credentials");

    /// <summary>401 <c>Bad credentials</c> with a limit of 60: how an outage of GitHub's authentication shows.</summary>
    /// <returns>The answer.</returns>
    public static Answer AuthenticationOutage() => BadCredentials().WithHeader("x-ratelimit-limit", "60");

    /// <summary>401: no credential was sent.</summary>
    /// <returns>The answer.</returns>
    public static Answer RequiresAuthentication() => GitHubError(401, "Requires authentication");

    /// <summary>404 in GitHub's envelope: missing, or hidden.</summary>
    /// <returns>The answer.</returns>
    public static Answer NotFound() => GitHubError(404, "Not Found");

    /// <summary>403: the app lacks a permission.</summary>
    /// <param name="acceptedPermissions">The header's value: a comma is "and", a semicolon "or".</param>
    /// <param name="message">The message; the one for apps unless given.</param>
    /// <returns>The answer.</returns>
    public static Answer PermissionDenied(string acceptedPermissions = "contents=read", string message = "Resource not accessible by integration") =>
        GitHubError(403, message, TreeDocumentation).WithHeader("X-Accepted-GitHub-Permissions", acceptedPermissions);

    /// <summary>403: the hour's requests are used up; <c>x-ratelimit-remaining</c> is 0.</summary>
    /// <param name="resetIn">How long until they come back, by the clock of the server.</param>
    /// <param name="status">403, or 429 as GitHub sometimes gives.</param>
    /// <returns>The answer.</returns>
    public static Answer PrimaryRateLimit(TimeSpan resetIn, int status = 403) =>
        new RateLimitAnswer(GitHubError(status, "API rate limit exceeded for installation ID 1.", RateLimitDocumentation), resetIn);

    /// <summary>403: too many requests at once.</summary>
    /// <param name="retryAfter">The <c>Retry-After</c> header, in whole seconds; none when <see langword="null"/>.</param>
    /// <param name="status">403, or 429 as GitHub sometimes gives.</param>
    /// <returns>The answer.</returns>
    public static Answer SecondaryRateLimit(TimeSpan? retryAfter, int status = 403) =>
        GitHubError(
            status,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
            RateLimitDocumentation + "#about-secondary-rate-limits")
        .WithHeader("Retry-After", retryAfter is { } wait ? ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>409: a repository without commits.</summary>
    /// <returns>The answer.</returns>
    public static Answer EmptyRepository() => GitHubError(409, "Git Repository is empty.", TreeDocumentation);

    /// <summary>409 that is not about an empty repository.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The answer.</returns>
    public static Answer Conflict(string message = "Head branch was modified. Review and try the merge again.") => GitHubError(409, message);

    /// <summary>A 5xx with the web page that GitHub's edge gives.</summary>
    /// <param name="status">502 unless told otherwise.</param>
    /// <param name="html">The page.</param>
    /// <returns>The answer.</returns>
    public static Answer ServerError(int status = 502, string html = "<html><head><title>Unicorn! · GitHub</title></head><body>This page is taking too long to load.</body></html>") =>
        Text(status, html, "text/html; charset=utf-8");

    /// <summary>403: single sign-on is needed.</summary>
    /// <param name="url">The page to authorise at.</param>
    /// <returns>The answer.</returns>
    public static Answer SamlRequired(string url) =>
        GitHubError(403, "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.")
        .WithHeader("X-GitHub-SSO", $"required; url={url}");

    /// <summary>403: the organisation lets only certain addresses in.</summary>
    /// <param name="organization">The organisation.</param>
    /// <returns>The answer.</returns>
    public static Answer IpAllowList(string organization) => GitHubError(
        403,
        $"Although you appear to have the correct authorization credentials, the `{organization}` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.");

    /// <summary>403: the installation is suspended.</summary>
    /// <returns>The answer.</returns>
    public static Answer InstallationSuspended() =>
        GitHubError(403, "This installation has been suspended", "https://docs.github.com/rest/reference/apps#create-an-installation-access-token-for-an-app");

    /// <summary>451: the repository is blocked by a legal notice.</summary>
    /// <returns>The answer.</returns>
    public static Answer LegalBlock() => Json(
        451,
        """{"message":"Repository access blocked","block":{"reason":"dmca","created_at":"2026-01-01T00:00:00Z","html_url":"https://github.com/github/dmca"}}""");

    /// <summary>403: the file is too large for the endpoint.</summary>
    /// <param name="megabytes">The limit that the message names: 1 for contents as JSON, 100 for raw contents and blobs.</param>
    /// <returns>The answer.</returns>
    public static Answer BlobTooLarge(int megabytes = 1) => Json(
        403,
        string.Create(CultureInfo.InvariantCulture, $$"""{"message":"This API returns blobs up to {{megabytes}} MB in size. The requested blob is too large to fetch via the API, but you can use the Git Data API to request blobs up to 100 MB in size.","errors":[{"resource":"Blob","field":"data","code":"too_large"}],"documentation_url":"{{ContentDocumentation}}","status":"403"}"""));

    /// <summary>404 of contents: the repository has no commit.</summary>
    internal static Answer EmptyContents() => GitHubError(404, "This repository is empty.", ContentDocumentation);

    /// <summary>404 of contents: no such branch, tag or commit.</summary>
    internal static Answer NoSuchRef(string gitRef) => GitHubError(404, $"No commit found for the ref {gitRef}", ContentDocumentation);

    /// <summary>404 of contents: nothing at that path.</summary>
    internal static Answer NoSuchPath() => GitHubError(404, "Not Found", ContentDocumentation);

    internal static Answer MissingUserAgent() => Text(
        403,
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\n");

    internal static Answer PrimaryRateLimitFor(string who) =>
        GitHubError(403, $"API rate limit exceeded for {who}.", RateLimitDocumentation);
}
