using System.Text;
using System.Text.Json;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>The page on which a person puts an error right. It is never a page that the answer could lead astray to.</summary>
public sealed class FixUrlTests
{
    private const string GitHubDotCom = "https://api.github.com";
    private const string Tenant = "https://api.acme.ghe.com";
    private const string Server = "https://ghe.example.com:8443/api/v3";
    private const string Sso = "https://github.com/orgs/acme/sso?authorization_request=A1B2";

    [Theory]

    // The page is on the web address of the API that was asked.
    [InlineData(GitHubDotCom, $"required; url={Sso}", Sso)]
    [InlineData(GitHubDotCom, $"required;url={Sso}", Sso)]
    [InlineData(GitHubDotCom, $"required; URL = {Sso}", Sso)]
    [InlineData(GitHubDotCom, $"required; url=\"{Sso}\"", Sso)]
    [InlineData(GitHubDotCom, $"required; url=\"{Sso};x=1\"; organizations=1", $"{Sso};x=1")]
    [InlineData(GitHubDotCom, $"required; organizations=1; url={Sso}; more", Sso)]
    [InlineData(GitHubDotCom, "required; url=https://GitHub.com:443/orgs/acme/sso", "https://github.com/orgs/acme/sso")]
    [InlineData(Tenant, "required; url=https://acme.ghe.com/orgs/a/sso", "https://acme.ghe.com/orgs/a/sso")]
    [InlineData(Server, "required; url=https://ghe.example.com:8443/orgs/a/sso", "https://ghe.example.com:8443/orgs/a/sso")]

    // Anywhere else is nowhere.
    [InlineData(GitHubDotCom, "required; url=http://github.com/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=https://github.com:8443/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=https://github.com.evil.example/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=https://evil.example/?https://github.com", null)]
    [InlineData(GitHubDotCom, "required; url=https://user@github.com/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=https://github.com@evil.example/", null)]
    [InlineData(GitHubDotCom, "required; url=https://api.github.com/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=//github.com/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=/orgs/acme/sso", null)]
    [InlineData(GitHubDotCom, "required; url=javascript:alert(1)", null)]
    [InlineData(GitHubDotCom, "required; url=https://gıthub.com/", null)]
    [InlineData(GitHubDotCom, "required; url=", null)]
    [InlineData(GitHubDotCom, "required; url=\"", null)]
    [InlineData(GitHubDotCom, "required", null)]
    [InlineData(GitHubDotCom, $"required; curl={Sso}", null)]
    [InlineData(Tenant, $"required; url={Sso}", null)]
    [InlineData(Tenant, "required; url=https://other.ghe.com/orgs/a/sso", null)]
    [InlineData(Server, "required; url=https://ghe.example.com/orgs/a/sso", null)]
    [InlineData("http://ghe.example.com/api/v3", "required; url=http://ghe.example.com/orgs/a/sso", null)]

    // Nor is a page that carries somebody's token.
    [InlineData(GitHubDotCom, "required; url=https://github.com/orgs/acme/sso?access_token=abc", null)]
    [InlineData(GitHubDotCom, "required; url=https://github.com/ghp_abcdefghijklmnopqrstuvwxyz0123456789", null)]
    public void Single_sign_on_leads_to_the_web_address_of_the_GitHub_that_was_asked(string api, string header, string? page)
    {
        var answer = Answer(403, "Resource protected by organization SAML enforcement.", api: api, headers: ("X-GitHub-SSO", header));

        answer.FixUrl.Should().Be(page is null ? null : new Uri(page));
        (answer.FixUrl?.OriginalString ?? "").Should().NotContain("\\");
    }

    [Fact]
    public async Task Single_sign_on_leads_there_over_HTTP_too()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SamlRequired(Sso));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmPermissionException>()).Which.FixUrl.Should().Be(new Uri(Sso));
    }

    [Theory]
    [InlineData("the `acme` organization has an IP allow list enabled", "https://github.com/organizations/acme/settings/security")]
    [InlineData("the 'acme-inc' organization has an IP allow list enabled", "https://github.com/organizations/acme-inc/settings/security")]
    [InlineData("the \"Acme9\" organization has an IP allow list enabled", "https://github.com/organizations/Acme9/settings/security")]
    [InlineData("the `acme` enterprise has an IP allow list enabled", null)]
    [InlineData("the acme organization has an IP allow list enabled", null)]
    [InlineData("the `` organization has an IP allow list enabled", null)]
    [InlineData("the `../../evil` organization has an IP allow list enabled", null)]
    [InlineData("the `acme/evil` organization has an IP allow list enabled", null)]
    [InlineData("the `-acme` organization has an IP allow list enabled", null)]
    [InlineData("the `acme?x=1` organization has an IP allow list enabled", null)]
    [InlineData("the `aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd` organization has an IP allow list enabled", null)]
    [InlineData("the `acmé` organization has an IP allow list enabled", null)]
    [InlineData("the `acme` organization has enabled OAuth App access restrictions", "https://github.com/organizations/acme/settings/oauth_application_policy")]
    [InlineData("the `a/b` organization has enabled OAuth App access restrictions", null)]
    [InlineData("`acme` forbids access via a personal access token with fine-grained permissions.", "https://github.com/organizations/acme/settings/personal-access-tokens")]
    [InlineData("The `acme` enterprise forbids access via a personal access token with fine-grained permissions.", null)]
    [InlineData("`acme` forbids access via a personal access token (classic).", "https://github.com/settings/personal-access-tokens/new")]
    public void A_policy_leads_to_the_organisations_settings_when_its_name_can_be_one(string message, string? page) =>
        Answer(403, message).FixUrl.Should().Be(page is null ? null : new Uri(page));

    [Theory]
    [InlineData("see https://github.com/settings/personal-access-tokens/1", "https://github.com/settings/personal-access-tokens/1")]
    [InlineData("see https://github.com/settings/personal-access-tokens/1.", "https://github.com/settings/personal-access-tokens/1")]
    [InlineData("see (https://github.com/settings/personal-access-tokens/1), please", "https://github.com/settings/personal-access-tokens/1")]
    [InlineData("see https://docs.example/x and https://github.com/settings/personal-access-tokens/1", "https://github.com/settings/personal-access-tokens/1")]
    [InlineData("see https://evil.example/settings/personal-access-tokens/1", "https://github.com/settings/personal-access-tokens")]
    [InlineData("see nothing", "https://github.com/settings/personal-access-tokens")]
    public void A_lifetime_policy_leads_to_the_token_that_it_names(string tail, string page) =>
        Answer(403, "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days: " + tail).FixUrl.Should().Be(new Uri(page));

    [Theory]
    [InlineData(null, "https://github.com/settings/personal-access-tokens")]
    [InlineData("repo", "https://github.com/settings/tokens")]
    [InlineData("", "https://github.com/settings/tokens")]
    public void A_tokens_permissions_are_on_the_page_of_its_kind(string? scopes, string page) =>
        Answer(403, "Resource not accessible by personal access token", headers: ("X-OAuth-Scopes", scopes)).FixUrl.Should().Be(new Uri(page));

    [Theory]
    [InlineData("/repos/acme/api", "https://github.com/acme/api/settings")]
    [InlineData("/repos/acme/api.net/git/refs/heads/main", "https://github.com/acme/api.net/settings")]
    [InlineData("/repos/acme_emu/my-api/issues?state=open", "https://github.com/acme_emu/my-api/settings")]
    [InlineData("/agents/repos/acme/api/tasks", "https://github.com/acme/api/settings")]
    [InlineData("/agents/repos/acme", null)]
    [InlineData("/repos/acme", null)]
    [InlineData("/repos/acme/..", null)]
    [InlineData("/repos/acme/.", null)]
    [InlineData("/repos/acme/%2e%2e/settings", null)]
    [InlineData("/repos/acme/a%2Fb", null)]
    [InlineData("/repositories/1", null)]
    [InlineData("/user/repos/acme/api", null)]
    [InlineData("/", null)]
    public void A_repositorys_settings_are_found_by_the_path(string path, string? page)
    {
        Answer(403, "Repository was archived so is read-only.", path).FixUrl.Should().Be(page is null ? null : new Uri(page));
        Answer(410, "Issues are disabled for this repo", path).FixUrl.Should().Be(page is null ? null : new Uri(page));
    }

    [Theory]
    [InlineData(403, "The user is not licensed for Copilot.")]
    [InlineData(412, "insufficient premium quota to create assignment")]
    public void A_licence_and_a_quota_are_on_the_users_page_of_Copilot(int status, string message) =>
        Answer(status, message).FixUrl.Should().Be(new Uri("https://github.com/settings/copilot"));

    [Fact]
    public void What_was_deleted_is_switched_on_nowhere() =>
        Answer(410, "This issue was deleted", "/repos/acme/api/issues/1").FixUrl.Should().BeNull();

    [Fact]
    public void A_sign_on_page_is_no_other_page_of_the_same_host() =>
        Answer(403, "Resource protected by organization SAML enforcement.", headers: ("X-GitHub-SSO", "required; url=https://github.com/login?return_to=https://evil.example")).FixUrl.Should().BeNull();

    [Theory]
    [InlineData(403, "tos", "https://github.com/contact/notice", "https://github.com/contact/notice")]
    [InlineData(451, "dmca", "https://github.com/github/dmca/1.md", "https://github.com/github/dmca/1.md")]
    [InlineData(451, "dmca", "https://evil.example/dmca", null)]
    [InlineData(451, "dmca", "not an address", null)]
    public void A_block_leads_to_its_notice(int status, string reason, string notice, string? page)
    {
        var body = JsonSerializer.Serialize(new { message = "Repository access blocked", block = new { reason, html_url = notice } });

        new GitHubAnswer(status) { Body = Encoding.UTF8.GetBytes(body) }.ToException()!.FixUrl.Should().Be(page is null ? null : new Uri(page));
    }

    [Theory]
    [InlineData(404, "Not Found")]
    [InlineData(401, "Bad credentials")]
    [InlineData(403, "You do not have access. See https://github.com/settings")]
    [InlineData(500, "the `acme` organization has an IP allow list enabled")]
    public void Most_errors_have_no_page(int status, string message) => Answer(status, message, "/repos/acme/api").FixUrl.Should().BeNull();

    private static ScmException Answer(int status, string message, string path = "/", string api = GitHubDotCom, (string Name, string? Value)? headers = null) =>
        new GitHubAnswer(status)
        {
            Path = path,
            ApiAddress = new Uri(api),
            Headers = headers is var (name, value) && value is not null ? [KeyValuePair.Create(name, value)] : [],
            Body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { message })),
        }.ToException()!;
}
