using System.Net;
using System.Text.Json;
using ScmIntegrations.AgentDesk.Tests.Running;

namespace ScmIntegrations.AgentDesk.Tests.Api;

public sealed class TaskTests
{
    private static readonly string[] Two = ["acme/storefront", "acme/payments"];

    [Theory]
    [InlineData("github_copilot")]
    [InlineData("cursor")]
    public async Task Tasks_are_followed_to_their_end(string agent)
    {
        await using var desk = await DeskServer.StartAsync();
        var (_, answer) = await desk.Http.LaunchAsync(new { agent, prompt = "Do it.", repositories = Two });
        var path = $"api/launches/{answer.Text("key")}";
        States(await desk.Http.GetJsonAsync(path)).Should().Equal("queued", "queued");

        desk.World.MoveOn();
        await UntilAsync(desk, path, states => states.All(state => state is "running"));
        desk.World.MoveOn();
        var ended = await UntilAsync(desk, path, states => states is ["failed", "succeeded"]);

        var (failed, succeeded) = (ended.GetProperty("tasks")[0], ended.GetProperty("tasks")[1]);
        failed.Text("repository").Should().Be("acme/payments");
        failed.Text("error").Should().Contain("The tests do not pass.");
        failed.GetProperty("is_finished").GetBoolean().Should().BeTrue();
        succeeded.GetProperty("pull_request").Text("url").Should().MatchRegex("^https://github\\.com/acme/storefront/pull/[0-9]+$");
    }

    [Fact]
    public async Task A_launch_that_is_sent_again_is_not_followed_twice()
    {
        await using var desk = await DeskServer.StartAsync();
        var order = new { agent = "cursor", prompt = "Do it.", repositories = Two, key = "once" };
        await desk.Http.LaunchAsync(order);
        await desk.Http.LaunchAsync(order);
        desk.Follower.Following.Should().Be(2);

        desk.World.MoveOn();
        desk.World.MoveOn();
        await UntilAsync(desk, "api/launches/once", states => states is ["failed", "succeeded"]);
    }

    [Fact]
    public async Task A_key_that_nothing_was_launched_with_is_a_404()
    {
        await using var desk = await DeskServer.StartAsync();
        using var response = await desk.Http.GetAsync("api/launches/nobodys", TestContext.Current.CancellationToken);
        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private static string?[] States(JsonElement answer) => [.. answer.GetProperty("tasks").EnumerateArray().Select(task => task.Text("state"))];

    /// <summary>Asks as the page does. The test's own time limit ends what never comes.</summary>
    private static async Task<JsonElement> UntilAsync(DeskServer desk, string path, Func<string?[], bool> isThere)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var answer = await desk.Http.GetJsonAsync(path);
            if (isThere(States(answer)))
            {
                return answer;
            }

            await pause.WaitForNextTickAsync(limit.Token);
        }
    }
}
