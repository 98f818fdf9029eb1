using System.Collections.Frozen;
using System.Text.RegularExpressions;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Transport;
using ScmIntegrations.Http;

namespace ScmIntegrations.GitHub.Answers;

/// <summary>The page on which a person can put an error right, as far as the answer tells it. An installation's pages are looked up instead.</summary>
internal static partial class FixPage
{
    // Pages of github.com as its documentation names them. {organization} is taken from the message, {owner} and {repo} from the path.
    private static readonly FrozenDictionary<ErrorReason, string> Pages = new Dictionary<ErrorReason, string>
    {
        [ErrorReason.IpAllowList] = "/organizations/{organization}/settings/security",
        [ErrorReason.OauthAppRestricted] = "/organizations/{organization}/settings/oauth_application_policy",
        [ErrorReason.FineGrainedTokenForbidden] = "/organizations/{organization}/settings/personal-access-tokens",
        [ErrorReason.ClassicTokenForbidden] = "/settings/personal-access-tokens/new",
        [ErrorReason.TokenLifetimePolicy] = "/settings/personal-access-tokens",
        [ErrorReason.TokenPermissionMissing] = "/settings/personal-access-tokens",
        [ErrorReason.LicenseMissing] = "/settings/copilot",
        [ErrorReason.QuotaExceeded] = "/settings/copilot",
        [ErrorReason.RepositoryArchived] = "/{owner}/{repo}/settings",
        [ErrorReason.Gone] = "/{owner}/{repo}/settings",
    }.ToFrozenDictionary();

    private static readonly Phrase Disabled = new("disabled");

    public static Uri? Find(ErrorReason reason, AnswerFacts answer, AnswerContext context, GitHubHost host) => reason switch
    {
        ErrorReason.SamlSsoRequired => Given(SsoUrl(answer.Header("X-GitHub-SSO")), host) is { } page && page.AbsolutePath.EndsWith("/sso", StringComparison.Ordinal) ? page : null,

        // What was deleted or has expired is switched on nowhere.
        ErrorReason.Gone when !Disabled.IsIn(answer.Words) => null,
        ErrorReason.TokenLifetimePolicy => Addresses(answer.Body.Message).Select(page => Given(page, host)).FirstOrDefault(page => page is not null) ?? Expand(reason, answer, context, host),
        ErrorReason.RepositoryBlocked or ErrorReason.LegalBlock => Given(answer.Body.BlockUrl, host),

        // A token with scopes is a classic one, and has its own page.
        ErrorReason.TokenPermissionMissing when answer.HasScopes => new Uri(host.WebAddress, "/settings/tokens"),
        _ => Expand(reason, answer, context, host),
    };

    /// <summary>A page that the answer names, where people can be sent to. One that carries a credential is none.</summary>
    private static Uri? Given(string? page, GitHubHost host) =>
        Uri.TryCreate(page, UriKind.Absolute, out var address)
        && host.IsPage(address)
        && Redaction.Clean(address.AbsoluteUri).Equals(address.AbsoluteUri, StringComparison.Ordinal)
            ? new Uri(address.AbsoluteUri)
            : null;

    private static Uri? Expand(ErrorReason reason, AnswerFacts answer, AnswerContext context, GitHubHost host)
    {
        if (!Pages.TryGetValue(reason, out var page))
        {
            return null;
        }

        var organization = Organization().Match(answer.Body.Message ?? "");
        var repository = Repository().Match(context.Path);
        foreach (var (name, group) in new[] { ("{organization}", organization.Groups["organization"]), ("{owner}", repository.Groups["owner"]), ("{repo}", repository.Groups["repo"]) })
        {
            if (page.Contains(name, StringComparison.Ordinal))
            {
                if (!group.Success)
                {
                    return null;
                }

                page = page.Replace(name, group.Value, StringComparison.Ordinal);
            }
        }

        return new Uri(host.WebAddress, page);
    }

    /// <summary><c>required; url=https://github.com/orgs/…/sso?authorization_request=…</c>, the address in quotes or not.</summary>
    private static string SsoUrl(string? header) => SsoParameter().Match(header ?? "").Groups["page"].Value;

    /// <summary>The addresses in a sentence, without what closes it.</summary>
    private static IEnumerable<string> Addresses(string? message) => Address().Matches(message ?? "").Select(found => found.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']'));

    // The name stands in back ticks or quotes; an enterprise's policy is on another page.
    [GeneratedRegex(@"[`'""](?<organization>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))[`'""]\s+(?:organization\s+)?(?:has|forbids)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Organization();

    [GeneratedRegex(@"^(/agents)?/repos/(?<owner>[A-Za-z0-9_-]+)/(?<repo>(?!\.+(/|$))[A-Za-z0-9._-]+)(/|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Repository();

    [GeneratedRegex(@"(^|;)\s*url\s*=\s*(""(?<page>[^""]*)""|(?<page>[^;""\s]*))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SsoParameter();

    [GeneratedRegex(@"https://[^\s""'<>`]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
