using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub.UserTokens;

namespace ScmIntegrations.Tests.GitHub.UserTokens;

/// <summary>The page that a user is sent to.</summary>
public sealed class AuthorizeUrlTests
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Fact]
    public void The_least_that_is_asked_is_the_state() =>
        Create(new() { State = "xyz" }).AbsoluteUri.Should().Be("https://github.com/login/oauth/authorize?client_id=Iv1.app&state=xyz");

    [Fact]
    public void All_that_is_asked_stands_in_the_query()
    {
        var address = Create(new()
        {
            State = "a&b=c d",
            RedirectUri = new("https://acme.example/back?x=1"),
            Login = "octo cat",
            Scopes = ["repo", "read:org"],
            CodeChallenge = Challenge,
            AllowSignup = false,
            Prompt = "select_account",
        });

        QueryHelpers.ParseQuery(address.Query).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal).Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client_id"] = "Iv1.app",
            ["state"] = "a&b=c d",
            ["redirect_uri"] = "https://acme.example/back?x=1",
            ["login"] = "octo cat",
            ["scope"] = "repo read:org",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["allow_signup"] = "false",
            ["prompt"] = "select_account",
        });
        address.AbsoluteUri.Should().NotContain(UserTokenRig.Secret);
    }

    [Fact]
    public void A_sign_up_can_be_offered() => Create(new() { State = "s", AllowSignup = true }).Query.Should().Contain("allow_signup=true");

    [Theory]
    [InlineData("https://api.github.com", "https://github.com/login/oauth/authorize")]
    [InlineData("https://api.acme.ghe.com/", "https://acme.ghe.com/login/oauth/authorize")]
    [InlineData("https://git.acme.example/api/v3", "https://git.acme.example/login/oauth/authorize")]
    [InlineData("https://git.acme.example:8443/api/v3/", "https://git.acme.example:8443/login/oauth/authorize")]
    public void Each_GitHub_has_its_own_page(string api, string page) =>
        Create(new() { State = "s" }, options => options.ApiAddress = new(api)).GetLeftPart(UriPartial.Path).Should().Be(page);

    [Theory]
    [InlineData("https://proxy.acme.example/github")]
    [InlineData("https://proxy.acme.example/github/")]
    public void The_web_address_may_have_a_path(string web) =>
        Create(new() { State = "s" }, options => options.WebAddress = new(web)).GetLeftPart(UriPartial.Path).Should().Be("https://proxy.acme.example/github/login/oauth/authorize");

    public static TheoryData<string, GitHubAuthorization> Wrong => new()
    {
        { "state is blank", new() { State = "" } },
        { "state is blank", new() { State = " \t" } },
        { "state is blank", new() { State = null! } },
        { "'/back'", new() { State = "s", RedirectUri = new("/back", UriKind.Relative) } },
        { "scope is ''", new() { State = "s", Scopes = ["repo", ""] } },
        { "'read org'", new() { State = "s", Scopes = ["read org"] } },
        { "'repo,gist'", new() { State = "s", Scopes = ["repo,gist"] } },
        { "43", new() { State = "s", CodeChallenge = Challenge[1..] } },
        { "43", new() { State = "s", CodeChallenge = Challenge[1..] + "=" } },
        { "43", new() { State = "s", CodeChallenge = "" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_be_asked_is_refused_with_its_name(string named, GitHubAuthorization authorization)
    {
        var create = () => Create(authorization);

        create.Should().Throw<ArgumentException>().Which.Message.Should().Contain(named);
    }

    [Fact]
    public void Something_has_to_be_asked()
    {
        var create = () => Create(null!);

        create.Should().Throw<ArgumentNullException>();
    }

    private static Uri Create(GitHubAuthorization authorization, Action<GitHubUserTokenOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHubUserTokens(options =>
        {
            options.ClientId = "Iv1.app";
            options.ClientSecret = UserTokenRig.Secret;
            configure?.Invoke(options);
        });
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IGitHubUserTokens>().GetAuthorizeUrl(authorization);
    }
}
