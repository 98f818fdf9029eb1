using System.Net;
using ScmIntegrations.AgentDesk.Tests.Running;

namespace ScmIntegrations.AgentDesk.Tests.Api;

public sealed class SecurityTests
{
    private const string Order = """{"agent":"cursor","prompt":"x","repositories":["acme/storefront"]}""";

    [Theory]
    [InlineData("application/json", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("application/json", "Sec-Fetch-Site", "same-site", 403)]
    [InlineData("application/json", "Sec-Fetch-Site", "none", 403)]
    [InlineData("application/json", "Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("application/json", "Origin", "https://evil.example", 403)]
    [InlineData("application/json", "Origin", "null", 403)]
    [InlineData("application/json", "Origin", "{ours}", 200)]
    [InlineData("application/json", "X-Nothing", "of a browser's", 200)]
    [InlineData("text/plain", "Sec-Fetch-Site", "same-origin", 415)]
    [InlineData("application/x-www-form-urlencoded", "X-Nothing", "", 415)]
    public async Task Only_our_own_page_can_launch_from_a_browser(string contentType, string header, string value, int status)
    {
        await using var desk = await DeskServer.StartAsync();
        using var message = Json.Post(Order, contentType, (header, value.Replace("{ours}", desk.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)));
        using var response = await desk.Http.SendAsync(message, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).Should().Be(status);
        desk.World.Started.Should().Be(status is 200 ? 1 : 0);
    }

    [Fact]
    public async Task A_foreign_host_name_is_not_answered()
    {
        // A name of an attacker's that leads to this machine would make his page same-origin.
        await using var desk = await DeskServer.StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Get, "api/repositories");
        message.Headers.Host = "evil.example";
        using var response = await desk.Http.SendAsync(message, TestContext.Current.CancellationToken);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("desk.js")]
    [InlineData("api/repositories")]
    [InlineData("nothing-here")]
    public async Task Every_answer_has_the_policy(string path)
    {
        await using var desk = await DeskServer.StartAsync();
        using var response = await desk.Http.GetAsync(path, TestContext.Current.CancellationToken);
        response.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'self';").And.NotContain("unsafe");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Fact]
    public async Task A_body_beyond_all_measure_is_refused()
    {
        await using var desk = await DeskServer.StartAsync();
        using var message = Json.Post(new string(' ', 300 * 1024), "application/json");
        using var response = await desk.Http.SendAsync(message, TestContext.Current.CancellationToken);
        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_page_names_no_other_site_and_has_no_inline_script_or_style()
    {
        await using var desk = await DeskServer.StartAsync();
        var html = await desk.Http.GetStringAsync("", TestContext.Current.CancellationToken);
        html.Should().NotContain("https://").And.NotContain("http://").And.NotContain("<style").And.NotContain("style=").And.NotMatchRegex("""\son[a-z]+=""");
        html.Should().MatchRegex("""<script type="module" src="desk\.js"></script>""");
    }
}
