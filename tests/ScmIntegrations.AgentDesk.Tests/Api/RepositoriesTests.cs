using System.Text.Json;
using ScmIntegrations.AgentDesk.Tests.Running;

namespace ScmIntegrations.AgentDesk.Tests.Api;

public sealed class RepositoriesTests
{
    [Fact]
    public async Task Repositories_stand_below_their_owner_with_its_installation()
    {
        await using var desk = await DeskServer.StartAsync();
        var answer = await desk.Http.GetJsonAsync("api/repositories");
        answer.GetProperty("owners").EnumerateArray().Select(owner => $"{owner.Text("login")} {owner.Text("type")} {owner.Text("installation_id")}")
            .Should().Equal("acme Organization 101", "globex Organization 202", "initech Organization 303", "octavia User 404");
        Names(answer, 0).Should().Equal("acme/storefront", "acme/legacy", "acme/payments", "acme/reports", "acme/identity", "acme/mobile");
        Names(answer, 3).Should().Equal("octavia/dotfiles");
        answer.GetProperty("agents").EnumerateArray().Select(agent => $"{agent.Text("name")}: {agent.Text("title")}").Should().Equal("github_copilot: GitHub Copilot", "cursor: Cursor");
    }

    [Fact]
    public async Task A_GitHub_that_is_away_is_a_502_that_says_so_and_tells_no_secret()
    {
        await using var desk = await DeskServer.StartAsync();
        await desk.World.DisposeAsync();
        using var response = await desk.Http.GetAsync("api/repositories", TestContext.Current.CancellationToken);
        ((int)response.StatusCode).Should().Be(502);
        response.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'self';");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonElement.Parse(body).Text("detail").Should().NotBeNullOrEmpty();
        body.Should().NotContain(desk.World.Connection.UserToken).And.NotContain("   at ");
    }

    [Fact]
    public async Task The_connection_does_not_print_its_secrets()
    {
        await using var desk = await DeskServer.StartAsync();
        var connection = desk.World.Connection;
        connection.ToString().Should().NotContain(connection.UserToken).And.NotContain(connection.CursorKey).And.NotContain("PRIVATE KEY");
    }

    private static IEnumerable<string?> Names(JsonElement answer, int owner) =>
        answer.GetProperty("owners")[owner].GetProperty("repositories").EnumerateArray().Select(name => name.GetString());
}
