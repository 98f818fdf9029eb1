namespace ScmIntegrations.Testing.Tests;

public sealed class RequestLogTests : IAsyncLifetime
{
    private FakeGitHub _fake = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(cancellationToken: Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api", repository => repository.Tree = FakeTree.FromPaths("a.txt"));
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_waits_for_a_request_goes_on_when_its_script_is_decided()
    {
        var (asked, wentOn) = (0, true);
        var waiting = _fake.WaitForRequestsAsync(1, Http.Cancellation);
        _fake.When(_ =>
        {
            (asked, wentOn) = (_fake.Requests.Count, waiting.IsCompleted || _fake.WaitForRequestsAsync(1, Http.Cancellation).IsCompleted);
            return true;
        }).Once().Answer(Answers.NotFound());

        using var response = await _client.GetAsync("repos/acme/api", Http.Cancellation);
        await waiting;

        // Else what is asked next could take the answer that was meant for this one.
        wentOn.Should().BeFalse();
        asked.Should().Be(1, "a condition counts its own request");
    }

    [Fact]
    public async Task The_log_holds_what_was_asked_and_answered()
    {
        using var response = await _client.GetAsync("repos/acme/api/git/trees/main?recursive=1", Http.Cancellation);
        using var unknown = await _client.GetAsync("emojis", Http.Cancellation);

        var request = _fake.Requests[0];
        request.Method.Should().Be(HttpMethod.Get);
        request.Path.Should().Be("/repos/acme/api/git/trees/main");
        request.Query.Should().Be("?recursive=1");
        request.Status.Should().Be(200);
        request.Matched.Should().BeTrue();
        request.Token.Should().Be("ghp_reader");
        request.Headers["user-agent"].Should().StartWith("fake-github-client");
        request.ToString().Should().NotContain("ghp_reader");
        _fake.UnmatchedRequests.Select(item => item.Path).Should().Equal("/emojis");
        _fake.Count(HttpMethod.Get, "/repos/{owner}/{repo}/git/trees/{sha}").Should().Be(1);
        _fake.Count(HttpMethod.Get, "/repos/{rest...}").Should().Be(1);
        _fake.Count(HttpMethod.Post, "/repos/{rest...}").Should().Be(0);

        _fake.ClearRequests();
        _fake.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_test_can_wait_for_requests()
    {
        var waiting = _fake.WaitForRequestsAsync(HttpMethod.Get, "/user", 2, Http.Cancellation);
        using var other = await _client.GetAsync("rate_limit", Http.Cancellation);
        using var first = await _client.GetAsync("user", Http.Cancellation);
        waiting.IsCompleted.Should().BeFalse();

        using var second = await _client.GetAsync("user", Http.Cancellation);

        await waiting;
        await _fake.WaitForRequestsAsync(3, Http.Cancellation);
    }

    [Fact]
    public async Task Hundreds_of_callers_may_ask_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => _client.GetStringAsync("repos/acme/api/git/trees/main", Http.Cancellation)));

        answers.Distinct(StringComparer.Ordinal).Should().ContainSingle();
        _fake.RateLimits.ForUser("octocat").Remaining.Should().Be(4700);
        _fake.Requests.Should().HaveCount(300).And.OnlyContain(request => request.Status == 200);
    }
}
