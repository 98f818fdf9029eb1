using System.Globalization;
using System.Net;

namespace ScmIntegrations.Testing.Tests;

public sealed class HeaderTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private FakeGitHub _fake = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(options => options.TimeProvider = _clock, Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(600));
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task Every_answer_carries_githubs_headers()
    {
        using var response = await _client.GetAsync("repos/acme/api/git/trees/main", Http.Cancellation);

        response.Headers.Date.Should().Be(_clock.GetUtcNow());
        response.Header("X-GitHub-Request-Id").Should().NotBeEmpty();
        response.Header("X-GitHub-Api-Version-Selected").Should().Be("2022-11-28");
        response.Header("X-Accepted-GitHub-Permissions").Should().Be("contents=read");
        response.Header("x-ratelimit-limit").Should().Be("5000");
        response.Header("x-ratelimit-remaining").Should().Be("4999");
        response.Header("x-ratelimit-used").Should().Be("1");
        response.Header("x-ratelimit-resource").Should().Be("core");
        response.Header("x-ratelimit-reset").Should().Be((_clock.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_unchanged_tree_answers_304_for_free()
    {
        using var first = await _client.GetAsync("repos/acme/api/git/trees/main", Http.Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "repos/acme/api/git/trees/main");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _client.SendAsync(request, Http.Cancellation);

        first.Headers.ETag!.IsWeak.Should().BeTrue();
        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
        second.Headers.ETag!.IsWeak.Should().BeFalse();
        second.Headers.ETag.Tag.Should().Be(first.Headers.ETag.Tag);
        second.Header("x-ratelimit-remaining").Should().Be("4999");

        _fake.Push("acme/api", FakeTree.Generate(5));
        using var again = new HttpRequestMessage(HttpMethod.Get, "repos/acme/api/git/trees/main");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var third = await _client.SendAsync(again, Http.Cancellation);
        third.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_used_up_limit_answers_403_until_the_window_ends()
    {
        _fake.RateLimits.ForUser("octocat").Remaining = 1;
        using var last = await _client.GetAsync("repos/acme/api", Http.Cancellation);
        using var refused = await _client.GetAsync("repos/acme/api", Http.Cancellation);
        var limits = await _client.GetJsonAsync("rate_limit");

        last.StatusCode.Should().Be(HttpStatusCode.OK);
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        refused.Header("x-ratelimit-remaining").Should().Be("0");
        (await refused.ReadJsonAsync()).Message().Should().StartWith("API rate limit exceeded for user ID ");
        limits.GetProperty("resources").GetProperty("core").GetProperty("remaining").GetInt32().Should().Be(0);

        _clock.Advance(TimeSpan.FromHours(1));
        using var renewed = await _client.GetAsync("repos/acme/api", Http.Cancellation);
        renewed.StatusCode.Should().Be(HttpStatusCode.OK);
        renewed.Header("x-ratelimit-remaining").Should().Be("4999");
    }

    [Fact]
    public async Task A_large_tree_is_compressed_when_the_client_accepts_it()
    {
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var client = new HttpClient(handler) { BaseAddress = _fake.Address };
        client.DefaultRequestHeaders.Add("User-Agent", "test");
        client.DefaultRequestHeaders.Add("Authorization", "token ghp_reader");

        var unpacked = await client.GetJsonAsync("repos/acme/api/git/trees/main?recursive=1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "repos/acme/api/git/trees/main?recursive=1");
        request.Headers.Add("Accept-Encoding", "gzip");
        using var packed = await _client.SendAsync(request, Http.Cancellation);

        unpacked.GetProperty("tree").GetArrayLength().Should().Be(600);
        packed.Content.Headers.ContentEncoding.Should().Equal("gzip");
    }

    [Fact]
    public async Task A_request_without_a_user_agent_is_forbidden()
    {
        using var client = new HttpClient { BaseAddress = _fake.Address };
        using var response = await client.GetAsync("rate_limit", Http.Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync(Http.Cancellation)).Should().Contain("User-Agent");
    }
}
