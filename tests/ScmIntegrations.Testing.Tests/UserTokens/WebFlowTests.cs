using System.Net;
using System.Text;

namespace ScmIntegrations.Testing.Tests.UserTokens;

/// <summary>Codes that become tokens, as a client meets them.</summary>
public sealed class WebFlowTests : UserTokenFixture
{
    private static readonly Uri Back = new("https://acme.example/back");

    [Fact]
    public async Task A_code_becomes_tokens_that_open_the_API_for_eight_hours()
    {
        var answer = await AskAsync(("code", App.Authorize("octocat")));

        answer.EnumerateObject().Select(field => field.Name).Should().Equal("access_token", "expires_in", "refresh_token", "refresh_token_expires_in", "scope", "token_type");
        answer.GetProperty("expires_in").GetInt32().Should().Be(28_800);
        answer.GetProperty("refresh_token_expires_in").GetInt32().Should().Be(15_897_600);
        answer.GetProperty("scope").GetString().Should().BeEmpty();
        answer.GetProperty("token_type").GetString().Should().Be("bearer");
        answer.GetProperty("refresh_token").GetString().Should().StartWith("ghr_");
        var token = answer.GetProperty("access_token").GetString()!;
        token.Should().StartWith("ghu_");
        using var client = Fake.CreateClient(token);
        (await client.GetJsonAsync("user")).GetProperty("login").GetString().Should().Be("octocat");

        Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromTicks(1));
        (await StatusOfAsync(token)).Should().Be(HttpStatusCode.OK);
        Clock.Advance(TimeSpan.FromTicks(1));
        (await StatusOfAsync(token)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_works_once_and_for_ten_minutes()
    {
        var code = App.Authorize("octocat");
        await AskAsync(("code", code));
        var old = App.Authorize("octocat");
        Clock.Advance(TimeSpan.FromMinutes(10));

        (await ErrorAsync(("code", code))).Should().Be("bad_verification_code");
        (await ErrorAsync(("code", old))).Should().Be("bad_verification_code");
        (await ErrorAsync(("code", "unknown"))).Should().Be("bad_verification_code");
        (await ErrorAsync()).Should().Be("bad_verification_code");
    }

    [Fact]
    public async Task The_app_has_to_be_known_with_its_secret()
    {
        foreach (var (id, secret) in (IEnumerable<(string, string)>)[("Iv23liUser", "wrong"), ("Iv23liUser", ""), ("unknown", "secret"), ("", "")])
        {
            Error(await PostAsync(TokenPath, ("client_id", id), ("client_secret", secret), ("code", App.Authorize("octocat")))).Should().Be("incorrect_client_credentials");
        }

        App.Grants.Should().BeEmpty();
    }

    [Fact]
    public async Task The_redirect_address_has_to_be_the_one_that_was_asked_for_and_a_registered_one()
    {
        (await ErrorAsync(("code", App.Authorize("octocat", Back)), ("redirect_uri", "https://acme.example/other"))).Should().Be("redirect_uri_mismatch");
        (await ErrorAsync(("code", App.Authorize("octocat", Back)), ("redirect_uri", "nonsense"))).Should().Be("redirect_uri_mismatch");
        App.RedirectUris.Add(new("https://acme.example/registered"));
        (await ErrorAsync(("code", App.Authorize("octocat")), ("redirect_uri", Back.AbsoluteUri))).Should().Be("redirect_uri_mismatch");
        App.RedirectUris.Add(Back);
        (await AskAsync(("code", App.Authorize("octocat", Back)), ("redirect_uri", Back.AbsoluteUri))).GetProperty("access_token").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_challenge_wants_its_verifier()
    {
        // The pair of RFC 7636, appendix B.
        const string challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

        (await ErrorAsync(("code", App.Authorize("octocat", codeChallenge: challenge)))).Should().Be("bad_verification_code");
        (await ErrorAsync(("code", App.Authorize("octocat", codeChallenge: challenge)), ("code_verifier", "another"))).Should().Be("bad_verification_code");
        (await AskAsync(("code", App.Authorize("octocat", codeChallenge: challenge)), ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")))
            .GetProperty("access_token").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task An_OAuth_Apps_token_has_scopes_and_does_not_end()
    {
        App.IsOAuthApp = true;

        var answer = await AskAsync(("code", App.Authorize("octocat", scopes: ["repo", "gist"])));

        answer.EnumerateObject().Select(field => field.Name).Should().Equal("access_token", "scope", "token_type");
        answer.GetProperty("access_token").GetString().Should().StartWith("gho_");
        answer.GetProperty("scope").GetString().Should().Be("repo,gist");
        Clock.Advance(TimeSpan.FromDays(365));
        (await StatusOfAsync(answer.GetProperty("access_token").GetString()!)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_app_may_have_opted_out_of_tokens_that_end()
    {
        App.TokensExpire = false;

        var answer = await AskAsync(("code", App.Authorize("octocat")));

        answer.GetProperty("access_token").GetString().Should().StartWith("ghu_");
        answer.TryGetProperty("refresh_token", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Users_and_apps_can_be_in_no_state_for_it()
    {
        App.UnverifiedLogins.Add("OctoCat");
        (await ErrorAsync(("code", App.Authorize("octocat")))).Should().Be("unverified_user_email");
        (await ErrorAsync(("code", App.Authorize("octocat")), ("grant_type", "password"))).Should().Be("unsupported_grant_type");
        App.IsSuspended = true;
        (await ErrorAsync(("code", App.Authorize("hubot")))).Should().Be("application_suspended");
    }

    [Fact]
    public async Task Without_a_wish_for_JSON_the_answer_is_a_form()
    {
        using var client = Fake.CreateClient();
        using var form = new StringContent($"client_id=Iv23liUser&client_secret=secret&code={App.Authorize("octocat")}", Encoding.ASCII, "application/x-www-form-urlencoded");

        using var response = await client.PostAsync(TokenPath, form, Http.Cancellation);

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/x-www-form-urlencoded");
        (await response.Content.ReadAsStringAsync(Http.Cancellation)).Should().StartWith("access_token=ghu_").And.EndWith("&scope=&token_type=bearer");
    }

    [Fact]
    public async Task The_endpoints_stand_beside_an_Enterprise_Servers_API()
    {
        await using var server = await FakeGitHub.StartAsync(options => (options.TimeProvider, options.ApiPathPrefix) = (Clock, "/api/v3"), Http.Cancellation);
        var app = server.AddUserApp("Iv23liUser", "secret");
        using var client = server.CreateClient();

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("client_id", "Iv23liUser"), KeyValuePair.Create("client_secret", "secret"), KeyValuePair.Create("code", app.Authorize("octocat"))]);
        using var response = await client.PostAsync(new Uri(server.WebAddress, TokenPath), form, Http.Cancellation);

        server.WebAddress.AbsolutePath.Should().Be("/");
        (await response.Content.ReadAsStringAsync(Http.Cancellation)).Should().StartWith("access_token=");
        server.Count(HttpMethod.Post, "/" + TokenPath).Should().Be(1);
    }

    [Fact]
    public async Task The_pages_are_no_part_of_the_API()
    {
        Fake.RateLimits.For("anonymous").Remaining = 0;

        using var response = await SendAsync(TokenPath, ("client_id", "Iv23liUser"), ("client_secret", "secret"), ("code", App.Authorize("octocat")));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("x-ratelimit-limit").Should().BeEmpty();
        response.Header("X-GitHub-Request-Id").Should().HaveLength(32);
        Fake.UnmatchedRequests.Should().BeEmpty();
    }
}
