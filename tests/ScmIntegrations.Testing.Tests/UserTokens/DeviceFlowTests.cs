using System.Net;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests.UserTokens;

/// <summary>Device codes that a test approves or denies, as a client meets them.</summary>
public sealed class DeviceFlowTests : UserTokenFixture
{
    [Fact]
    public async Task A_flow_begins_with_two_codes()
    {
        var started = await StartAsync();

        started.GetProperty("device_code").GetString().Should().HaveLength(40);
        started.GetProperty("user_code").GetString().Should().MatchRegex("^[A-Z]{4}-[A-Z]{4}$");
        started.GetProperty("verification_uri").GetString().Should().Be(new Uri(Fake.WebAddress, "login/device").AbsoluteUri);
        started.GetProperty("expires_in").GetInt32().Should().Be(900);
        started.GetProperty("interval").GetInt32().Should().Be(5);
    }

    [Fact]
    public async Task A_client_that_is_not_known_is_not_found()
    {
        using var response = await SendAsync("login/device/code", ("client_id", "unknown"));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ReadJsonAsync()).GetProperty("error").GetString().Should().Be("Not Found");
    }

    [Fact]
    public async Task The_token_comes_once_the_user_agrees_and_once_only()
    {
        App.IsOAuthApp = true;
        var started = await PostAsync("login/device/code", ("client_id", "Iv23liUser"), ("scope", "repo gist"));
        (await AskAfterAsync(started, 5)).Should().Be("authorization_pending");
        App.ApproveDevice(started.GetProperty("user_code").GetString()!.ToLowerInvariant(), "octocat");
        Clock.Advance(TimeSpan.FromSeconds(5));

        var answer = await AskForDeviceAsync(started);

        answer.GetProperty("scope").GetString().Should().Be("repo,gist");
        (await StatusOfAsync(answer.GetProperty("access_token").GetString()!)).Should().Be(HttpStatusCode.OK);
        (await AskAfterAsync(started, 5)).Should().Be("incorrect_device_code");
        App.Grants.Should().ContainSingle().Which.Login.Should().Be("octocat");
    }

    [Fact]
    public async Task Asking_too_early_adds_five_seconds_each_time()
    {
        var started = await StartAsync();
        (await AskAfterAsync(started, 0)).Should().Be("authorization_pending", "nothing came before the first");
        Clock.Advance(TimeSpan.FromSeconds(4));

        var first = await AskForDeviceAsync(started);
        Clock.Advance(TimeSpan.FromSeconds(9));
        var second = await AskForDeviceAsync(started);

        (Error(first), first.GetProperty("interval").GetInt32()).Should().Be(("slow_down", 10));
        (Error(second), second.GetProperty("interval").GetInt32()).Should().Be(("slow_down", 15));
        (await AskAfterAsync(started, 15)).Should().Be("authorization_pending");
    }

    [Fact]
    public async Task A_flow_can_be_denied_and_can_end()
    {
        var denied = await StartAsync();
        var late = await StartAsync();
        App.DenyDevice(denied.GetProperty("user_code").GetString()!);

        (await AskAfterAsync(denied, 5)).Should().Be("access_denied");
        (await AskAfterAsync(late, 894)).Should().Be("authorization_pending");
        (await AskAfterAsync(late, 1)).Should().Be("expired_token");
    }

    [Fact]
    public async Task A_flow_can_be_switched_off_and_a_user_unverified()
    {
        var started = await StartAsync();
        App.ApproveDevice(started.GetProperty("user_code").GetString()!, "octocat");
        App.UnverifiedLogins.Add("octocat");
        App.AllowsDeviceFlow = false;

        (await AskAfterAsync(started, 5)).Should().Be("unverified_user_email");
        Error(await StartAsync()).Should().Be("device_flow_disabled");
    }

    [Fact]
    public async Task A_code_that_nobody_has_cannot_be_approved()
    {
        await StartAsync();

        FluentActions.Invoking(() => App.ApproveDevice("AAAA-AAAA", "octocat")).Should().Throw<KeyNotFoundException>();
        FluentActions.Invoking(() => App.DenyDevice("AAAA-AAAA")).Should().Throw<KeyNotFoundException>();
    }

    private Task<JsonElement> StartAsync() => PostAsync("login/device/code", ("client_id", "Iv23liUser"));

    private Task<JsonElement> AskForDeviceAsync(JsonElement started) =>
        PostAsync(TokenPath, ("client_id", "Iv23liUser"), ("device_code", started.GetProperty("device_code").GetString()!), ("grant_type", DeviceGrant));

    private async Task<string> AskAfterAsync(JsonElement started, int seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        return Error(await AskForDeviceAsync(started));
    }
}
