using System.Net;
using System.Text;

namespace ScmIntegrations.Testing.Tests;

public sealed class AppTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private FakeGitHub _fake = null!;
    private FakeApp _app = null!;
    private FakeInstallation _installation = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(options => options.TimeProvider = _clock, Http.Cancellation);
        _fake.AddRepository("acme/api", repository => repository.Tree = FakeTree.FromPaths("a.txt"));
        _fake.AddRepository("acme/web", repository => repository.Tree = FakeTree.FromPaths("b.txt"));
        _app = _fake.AddApp(42, "Iv23liAbC");
        _installation = _fake.AddInstallation(_app, 7, "acme");
    }

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    [Theory]
    [InlineData("Iv23liAbC")]
    [InlineData("42")]
    public async Task An_app_signs_in_and_mints_a_token_that_works_for_an_hour(string issuer)
    {
        using var minted = await MintAsync(_app.CreateJsonWebToken(issuer));
        var json = await minted.ReadJsonAsync();
        var token = json.GetProperty("token").GetString()!;

        minted.StatusCode.Should().Be(HttpStatusCode.Created);
        token.Should().StartWith("ghs_").And.HaveLength(token.Length).And.Contain(".");
        token.Length.Should().BeInRange(450, 600);
        json.GetProperty("expires_at").GetDateTimeOffset().Should().Be(_clock.GetUtcNow() + TimeSpan.FromHours(1));
        json.GetProperty("permissions").GetProperty("contents").GetString().Should().Be("read");
        (await StatusAsync(token, "repos/acme/api/git/trees/main")).Should().Be(HttpStatusCode.OK);

        _clock.Advance(TimeSpan.FromHours(1));

        (await StatusAsync(token, "repos/acme/api/git/trees/main")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Both_forms_of_the_private_key_can_be_used()
    {
        _app.PrivateKeyPem.Should().StartWith("-----BEGIN RSA PRIVATE KEY-----");
        _app.PrivateKeyPkcs8Pem.Should().StartWith("-----BEGIN PRIVATE KEY-----");
        var same = _fake.AddApp(43, "Iv23other", _app.PrivateKeyPkcs8Pem);

        (await StatusAsync(same.CreateJsonWebToken(), "app")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_bad_json_web_token_is_refused_in_githubs_words()
    {
        var stranger = _fake.AddApp(44, "Iv23stranger");
        var now = _clock.GetUtcNow();

        (await MessageAsync(stranger.CreateJsonWebToken(issuer: "42"))).Should().Be("A JSON web token could not be decoded");
        (await MessageAsync("eyJ.nonsense.x")).Should().Be("A JSON web token could not be decoded");
        (await MessageAsync(_app.CreateJsonWebToken("999"))).Should().Be("Integration not found");
        (await MessageAsync(_app.CreateJsonWebToken(issuedAt: now.AddMinutes(2)))).Should().StartWith("'Issued at' claim ('iat')");
        (await MessageAsync(_app.CreateJsonWebToken(issuedAt: now.AddMinutes(-20)))).Should().StartWith("'Expiration time' claim ('exp') must be a numeric value");
        (await MessageAsync(_app.CreateJsonWebToken(issuedAt: now, lifetime: TimeSpan.FromMinutes(11)))).Should().EndWith("is too far in the future");
    }

    [Fact]
    public async Task An_app_sees_its_installations_and_no_others()
    {
        _fake.AddInstallation(_fake.AddApp(45, "Iv23second"), 8, "acme");
        using var client = _fake.CreateClient(_app.CreateJsonWebToken());

        (await client.GetJsonAsync("app")).GetProperty("id").GetInt64().Should().Be(42);
        (await client.GetJsonAsync("app/installations")).EnumerateArray().Select(item => item.GetProperty("id").GetInt64()).Should().Equal(7);
        (await client.GetJsonAsync("app/installations/7")).GetProperty("html_url").GetString().Should().EndWith("/organizations/acme/settings/installations/7");
        (await client.GetJsonAsync("app/installations/8")).Message().Should().Be("Not Found");
        (await client.GetJsonAsync("repos/acme/api/installation")).GetProperty("id").GetInt64().Should().Be(7);
        (await client.GetJsonAsync("orgs/acme/installation")).GetProperty("id").GetInt64().Should().Be(7);
    }

    [Fact]
    public async Task An_app_describes_itself()
    {
        (_app.Owner, _app.Events) = ("the-makers", ["push"]);

        using var client = _fake.CreateClient(_app.CreateJsonWebToken());
        var json = await client.GetJsonAsync("app");

        json.GetProperty("owner").GetProperty("login").GetString().Should().Be("the-makers");
        json.GetProperty("events").EnumerateArray().Select(name => name.GetString()).Should().Equal("push");
        json.GetProperty("installations_count").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task An_enterprise_has_a_slug_in_the_place_of_a_login()
    {
        _fake.AddInstallation(_app, 8, "megacorp", "Enterprise");

        using var client = _fake.CreateClient(_app.CreateJsonWebToken());
        var json = await client.GetJsonAsync("app/installations/8");

        json.GetProperty("target_type").GetString().Should().Be("Enterprise");
        json.GetProperty("account").GetProperty("slug").GetString().Should().Be("megacorp");
        json.GetProperty("account").TryGetProperty("login", out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_suspended_installation_refuses_mints_and_tokens()
    {
        var token = _fake.MintToken(_installation);
        _installation.Suspend();

        using var mint = await MintAsync(_app.CreateJsonWebToken());
        mint.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await mint.ReadJsonAsync()).Message().Should().Be("This installation has been suspended");
        (await StatusAsync(token, "repos/acme/api")).Should().Be(HttpStatusCode.Forbidden);

        _installation.Unsuspend();
        (await StatusAsync(token, "repos/acme/api")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_uninstalled_app_gets_404_and_its_tokens_401()
    {
        var token = _fake.MintToken(_installation);
        _fake.RemoveInstallation(7);

        using var mint = await MintAsync(_app.CreateJsonWebToken());
        mint.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(token, "repos/acme/api")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Revoked_and_unknown_tokens_are_bad_credentials()
    {
        var first = _fake.MintToken(_installation);
        var second = _fake.MintToken(_installation);
        _fake.RevokeToken(first).Should().BeTrue();
        (await StatusAsync(first, "rate_limit")).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(second, "rate_limit")).Should().Be(HttpStatusCode.OK);

        _fake.RevokeAllTokens();

        (await MessageAsync(second, "rate_limit")).Should().Be("Bad credentials");
        (await MessageAsync("ghp_unknown", "rate_limit")).Should().Be("Bad credentials");
        (await MessageAsync(null, "rate_limit")).Should().Be("Requires authentication");
    }

    [Fact]
    public async Task A_token_can_be_narrowed_to_a_repository()
    {
        using var minted = await MintAsync(_app.CreateJsonWebToken(), """{"repositories":["web"],"permissions":{"contents":"read"}}""");
        var json = await minted.ReadJsonAsync();
        var token = json.GetProperty("token").GetString()!;

        json.GetProperty("repository_selection").GetString().Should().Be("selected");
        (await StatusAsync(token, "repos/acme/web")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(token, "repos/acme/api")).Should().Be(HttpStatusCode.NotFound);
        using var tooMuch = await MintAsync(_app.CreateJsonWebToken(), """{"permissions":{"contents":"write"}}""");
        tooMuch.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        using var missing = await MintAsync(_app.CreateJsonWebToken(), """{"repositories":["nope"]}""");
        missing.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Without_the_permission_a_tree_answers_403_and_says_which()
    {
        _installation.Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["metadata"] = "read" };
        using var client = _fake.CreateClient(_fake.MintToken(_installation));
        using var response = await client.GetAsync("repos/acme/api/git/trees/main", Http.Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        response.Header("X-Accepted-GitHub-Permissions").Should().Be("contents=read");
        (await response.ReadJsonAsync()).Message().Should().Be("Resource not accessible by integration");
    }

    private async Task<HttpResponseMessage> MintAsync(string jsonWebToken, string body = "")
    {
        using var client = _fake.CreateClient(jsonWebToken);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync("app/installations/7/access_tokens", content, Http.Cancellation);
    }

    private async Task<HttpStatusCode> StatusAsync(string token, string path)
    {
        using var client = _fake.CreateClient(token);
        using var response = await client.GetAsync(path, Http.Cancellation);
        return response.StatusCode;
    }

    private async Task<string> MessageAsync(string? token, string path = "app")
    {
        using var client = _fake.CreateClient(token);
        return (await client.GetJsonAsync(path)).Message();
    }
}
