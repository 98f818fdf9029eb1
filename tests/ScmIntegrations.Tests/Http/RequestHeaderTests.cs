using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

public sealed class RequestHeaderTests
{
    [Fact]
    public async Task Every_request_carries_the_headers_that_GitHub_asks_for()
    {
        await using var fixture = await ClientFixture.StartAsync();

        await fixture.GetApiAsync();

        var headers = fixture.GitHub.Requests.Should().ContainSingle().Subject.Headers;
        headers["User-Agent"].Should().Be("ScmIntegrations");
        headers["Accept"].Should().Be("application/vnd.github+json");
        headers["X-GitHub-Api-Version"].Should().Be("2022-11-28");
        headers["Authorization"].Should().Be($"Bearer {ClientSetup.Token}");
        headers["Accept-Encoding"].Should().Contain("gzip");
        headers.Should().NotContainKey("Cookie");
    }

    [Fact]
    public async Task User_agent_and_API_version_can_be_set()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options =>
        {
            options.UserAgent = "acme-bot/2.1 (+https://acme.example)";
            options.ApiVersion = "2026-03-10";
        });

        await fixture.GetApiAsync();

        fixture.GitHub.Requests[0].Headers["User-Agent"].Should().Be("acme-bot/2.1 (+https://acme.example)");
        fixture.GitHub.Requests[0].Headers["X-GitHub-Api-Version"].Should().Be("2026-03-10");
    }

    [Fact]
    public async Task A_request_can_ask_for_another_media_type()
    {
        await using var fixture = await ClientFixture.StartAsync();
        var request = GitHubRequest.Get("/repos/{owner}/{repo}", "acme", "api") with { Accept = "application/vnd.github.raw+json" };

        await fixture.Client.SendAsync(request, TestContext.Current.CancellationToken);

        fixture.GitHub.Requests[0].Headers["Accept"].Should().Be("application/vnd.github.raw+json");
    }

    [Theory]
    [InlineData("text/plain\r\nX-Evil: 1")]
    [InlineData("text/plain\n")]
    [InlineData("é")]
    [InlineData("")]
    public void A_media_type_that_cannot_stand_in_a_header_is_refused(string accept)
    {
        var request = () => GitHubRequest.Get("/user") with { Accept = accept };

        request.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task A_JSON_body_says_what_it_is()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

        await fixture.SendWithBodyAsync(HttpMethod.Post);

        var request = fixture.GitHub.Requests.Should().ContainSingle().Subject;
        request.Headers["Content-Type"].Should().Be("application/json; charset=utf-8");
        request.Body.Should().Be("\"body\"");
    }

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Real().WithHeader("Set-Cookie", "session=1; Path=/"));

        await fixture.GetApiAsync();
        await fixture.GetApiAsync();

        fixture.GitHub.Requests.Should().HaveCount(2).And.OnlyContain(request => !request.Headers.ContainsKey("Cookie"));
    }
}
