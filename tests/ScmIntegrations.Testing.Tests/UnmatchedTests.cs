using System.Net;

namespace ScmIntegrations.Testing.Tests;

public sealed class UnmatchedTests : IAsyncDisposable
{
    private const string TreeRoute = "GET /repos/{owner}/{repo}/git/trees/{sha}";
    private readonly FakeGitHub _fake = FakeGitHub.InMemory();
    private readonly HttpClient _client;

    public UnmatchedTests()
    {
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api");
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "repos/acme/api/git/tree/main", $"nearest: {TreeRoute}: the segment 'tree' is 'trees' there")]
    [InlineData("POST", "repos/acme/api/git/trees/main", $"nearest: {TreeRoute}: the method is GET there, not POST")]
    [InlineData("GET", "repos/acme/api/git/trees", $"nearest: {TreeRoute}: the segment '{{sha}}' is missing here")]
    [InlineData("GET", "repos/acme/git/trees/main", $"nearest: {TreeRoute}: the segment '{{repo}}' is missing here")]
    [InlineData("GET", "repos/acme/api/git/trees/feature/x", $"nearest: {TreeRoute}: the segment 'x' is not there")]
    [InlineData("GET", "repos/acme/api/", "nearest: GET /repos/{owner}/{repo}: the slash at the end is not there")]
    [InlineData("GET", "repos/acme//git/trees/main", "the segment '{repo}' is empty here")]
    [InlineData("GET", "api/v3/repos/acme/api", "set options.ApiPathPrefix = \"/api/v3\"")]
    [InlineData("GET", "elsewhere/altogether/and/far/away/from/all/of/it", "No route comes near.")]
    [InlineData("GET", "repos/acme/api/topics", "fake.When(new HttpMethod(\"GET\"), \"/repos/acme/api/topics\").Answer(")]
    public async Task The_message_shows_the_nearest_route_and_what_differs(string method, string path, string says)
    {
        var error = await AskAsync(method, path);

        error.Message.Should().StartWith($"The fake GitHub has no route for {method} /{path}, ").And.Contain(says).And.Contain("UnmatchedRequestHandling.NotFound").And.NotContain("ghp_reader");
    }

    [Fact]
    public async Task A_slip_of_the_pen_comes_nearer_than_another_word()
    {
        var error = await AskAsync("GET", "repos/acme/api/branch/main");

        error.Message.Should().Contain("nearest: GET /repos/{owner}/{repo}/branches/{branch}: the segment 'branch' is 'branches' there").And.NotContain("commits").And.NotContain("contents");
    }

    [Fact]
    public async Task Below_a_prefix_the_message_tells_that_it_is_missing()
    {
        await using var enterprise = FakeGitHub.InMemory(options => options.ApiPathPrefix = "/api/v3");
        using var client = new HttpClient(enterprise.CreateHandler()) { BaseAddress = new("http://ghe.test/") };

        var error = (await client.Awaiting(asking => asking.GetAsync("repos/acme/api", Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>()).Which;

        error.Message.Should().Contain("stands below '/api/v3'").And.Contain("nearest: GET /repos/{owner}/{repo}");
    }

    [Fact]
    public async Task A_script_can_be_the_nearest_route_and_used_up()
    {
        _fake.When(HttpMethod.Get, "/repos/{owner}/{repo}/topics").Once().Answer(Answers.Json(200, "{}"));
        (await _client.GetStringAsync("repos/acme/api/topics", Http.Cancellation)).Should().Be("{}");

        (await AskAsync("GET", "repos/acme/api/topics")).Message.Should().Contain("nearest, scripted: GET /repos/{owner}/{repo}/topics: its script is used up");
        (await AskAsync("GET", "repos/acme/api/topic")).Message.Should().Contain("nearest, scripted: GET /repos/{owner}/{repo}/topics: the segment 'topic' is 'topics' there");
    }

    [Fact]
    public async Task What_is_wrong_is_not_the_token()
    {
        using var anonymous = _fake.CreateClient();

        await anonymous.Awaiting(client => client.GetAsync("repos/acme/api/topics", Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>();
    }

    [Fact]
    public async Task A_missing_repository_of_a_known_route_stays_githubs_404()
    {
        foreach (var path in (string[])["repos/acme/missing", "repos/acme/missing/git/trees/main", "repositories/4711", "repositories/4711/git/trees/main"])
        {
            using var response = await _client.GetAsync(path, Http.Cancellation);
            response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        _fake.VerifyNoUnmatchedRequests();
    }

    [Fact]
    public async Task Over_http_the_answer_says_it_and_verification_throws_it()
    {
        await using var listening = await FakeGitHub.StartAsync(cancellationToken: Http.Cancellation);
        using var client = listening.CreateClient();

        using var response = await client.GetAsync("repos/acme/api/git/tree/main", Http.Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        var message = (await response.ReadJsonAsync()).Message();
        message.Should().Contain("the segment 'tree' is 'trees' there");
        listening.UnmatchedRequests.Should().ContainSingle().Which.Matched.Should().BeFalse();
        listening.Invoking(fake => fake.VerifyNoUnmatchedRequests()).Should().Throw<UnmatchedRequestException>().WithMessage(message);
    }

    [Fact]
    public async Task In_memory_verification_throws_it_too()
    {
        await AskAsync("GET", "one");
        await AskAsync("GET", "two");
        await AskAsync("GET", "two");

        _fake.UnmatchedRequests.Should().HaveCount(3);
        var message = _fake.Invoking(fake => fake.VerifyNoUnmatchedRequests()).Should().Throw<UnmatchedRequestException>().Which.Message;
        message.Split("has no route for").Should().HaveCount(3);
    }

    [Fact]
    public async Task It_can_be_a_404_as_the_server_played_gives_it()
    {
        await using var fake = FakeGitHub.InMemory(options => (options.UnmatchedRequests, options.RequireCredentials) = (UnmatchedRequestHandling.NotFound, false));
        using var client = fake.CreateClient();

        using var response = await client.GetAsync("repos/acme/api/topics", Http.Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.ReadJsonAsync()).Message().Should().Be("Not Found");
        fake.Invoking(each => each.VerifyNoUnmatchedRequests()).Should().Throw<UnmatchedRequestException>();
    }

    [Fact]
    public async Task The_other_fakes_tell_it_too()
    {
        await using var cursor = FakeCursor.InMemory(options => options.ServesV0 = false);
        await using var scalekit = FakeScalekit.InMemory();
        using var cursorClient = cursor.CreateClient();
        using var scalekitClient = scalekit.CreateClient();

        await cursorClient.Awaiting(client => client.GetAsync("v1/agent", Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>().WithMessage("The fake Cursor*'agent' is 'agents' there*");
        await cursorClient.Awaiting(client => client.GetAsync("v7/agents", Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>();
        (await cursorClient.GetAsync("v0/whatever", Http.Cancellation)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await scalekitClient.Awaiting(client => client.GetAsync("api/v1/conected_accounts", Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>().WithMessage("The fake Scalekit*is 'connected_accounts' there*");
    }

    [Fact]
    public async Task A_condition_that_throws_is_named_and_does_not_become_a_500()
    {
        _fake.When(request => request.Headers["X-Missing"].Length > 0).Answer(Answers.NotFound());

        (await AskAsync("GET", "repos/acme/api")).Message.Should().Contain("request.Headers[\"X-Missing\"]").And.Contain("threw");
    }

    private async Task<UnmatchedRequestException> AskAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return (await _client.Awaiting(client => client.SendAsync(request, Http.Cancellation)).Should().ThrowAsync<UnmatchedRequestException>()).Which;
    }
}
