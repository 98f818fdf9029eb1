namespace ScmIntegrations.Testing.Tests;

/// <summary>Rules for any endpoint, with conditions, and whether they were used.</summary>
public sealed class ScriptTests : IAsyncDisposable
{
    private readonly FakeGitHub _fake = FakeGitHub.InMemory(options => options.RequireCredentials = false);
    private readonly HttpClient _client;

    public ScriptTests() => _client = _fake.CreateClient("ghp_secret");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task An_endpoint_that_the_fake_does_not_know_is_scripted_in_a_line()
    {
        _fake.When(HttpMethod.Get, "/repos/{owner}/{repo}/topics").Answer(Answers.Json(200, """{"names":["go"]}"""));

        (await AskAsync("repos/acme/api/topics")).Should().Be("""{"names":["go"]}""");
    }

    [Fact]
    public async Task A_secondary_limit_meets_each_fiftieth()
    {
        var fault = _fake.WhenAnything().Every(50).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));
        var statuses = new List<int>();
        for (var asked = 0; asked < 100; asked++)
        {
            using var response = await _client.GetAsync("rate_limit", Http.Cancellation);
            statuses.Add((int)response.StatusCode);
        }

        statuses.Index().Where(status => status.Item == 403).Select(status => status.Index + 1).Should().Equal(50, 100);
        fault.ToString().Should().Be("anything, each 50th: answered 2");
    }

    [Fact]
    public async Task Conditions_on_query_header_and_body_all_have_to_hold()
    {
        _fake.When(HttpMethod.Post, "/x").WithQuery("page", "2 a").WithQuery("any").WithoutQuery("none").WithHeader("X-Kind", "red").WithHeader("User-Agent").WithoutHeader("X-None").WithBodyContaining("hello")
            .Answer(Answers.Text(200, "all"));
        _fake.WhenAnything().Answer(Answers.Text(200, "other"));

        (await PostAsync("x?page=2%20a&any", "red", "say hello")).Should().Be("all");
        (await PostAsync("x?page=1&page=2+a&any=", "red", "hello")).Should().Be("all");
        (await PostAsync("x?page=3&any", "red", "hello")).Should().Be("other");
        (await PostAsync("x?page=2%20a", "red", "hello")).Should().Be("other");
        (await PostAsync("x?page=2%20a&any&none=", "red", "hello")).Should().Be("other");
        (await PostAsync("x?page=2%20a&any", "blue", "hello")).Should().Be("other");
        (await PostAsync("x?page=2%20a&any", "red", "Hello")).Should().Be("other");
        (await PostAsync("x?Page=2%20a&any", "red", "hello")).Should().Be("other");
    }

    [Fact]
    public void A_query_in_a_path_is_refused() =>
        _fake.Invoking(fake => fake.When(HttpMethod.Get, "/x?page=2")).Should().Throw<ArgumentException>().WithMessage("*WithQuery*");

    [Fact]
    public async Task Answers_in_order_stay_with_the_last()
    {
        _fake.When(HttpMethod.Get, "/x").AnswerInOrder(Answers.Text(200, "1"), Answers.Text(200, "2"));

        (await AskAsync("x"), await AskAsync("x"), await AskAsync("x")).Should().Be(("1", "2", "2"));
    }

    [Fact]
    public async Task What_was_asked_is_counted()
    {
        await AskAsync("rate_limit");
        await AskAsync("rate_limit?a=1");

        _fake.Verify(HttpMethod.Get, "/rate_limit", times: 2);
        _fake.VerifyAtLeast(HttpMethod.Get, "/rate_limit", times: 2);
        _fake.VerifyNever(HttpMethod.Get, "/user");
        _fake.VerifyNoUnmatchedRequests();
    }

    [Fact]
    public async Task A_wrong_expectation_lists_what_was_asked_and_prints_no_token()
    {
        _fake.Faults.AddRandom(seed: 42, new RandomFaults());
        await AskAsync("rate_limit");
        await AskAsync("rate_limit");
        await AskAsync("rate_limit?a=1");

        foreach (var wrong in (Action[])[() => _fake.Verify(HttpMethod.Get, "/rate_limit", 2), () => _fake.VerifyAtLeast(HttpMethod.Get, "/rate_limit", 4), () => _fake.VerifyNever(HttpMethod.Get, "/rate_limit")])
        {
            wrong.Should().Throw<FakeVerificationException>().Which.Message.Should()
                .Contain("GET /rate_limit was expected").And.Contain("and asked 3 times.")
                .And.Contain("\n  2 × GET /rate_limit → 200, 200").And.Contain("\n  1 × GET /rate_limit?a=1 → 200")
                .And.Contain("drawn from seed 42").And.NotContain("ghp_secret");
        }
    }

    [Fact]
    public async Task Every_script_has_to_be_used_as_often_as_it_says()
    {
        _fake.When(HttpMethod.Get, "/used").Answer(Answers.Text(200));
        _fake.When(HttpMethod.Get, "/unused").WithHeader("Authorization", "Bearer ghp_secret").Answer(Answers.Text(200));
        _fake.When(HttpMethod.Get, "/twice").Times(2).Answer(Answers.Text(200));
        _fake.When(HttpMethod.Get, "/sequence").AnswerInOrder(Answers.Text(200), Answers.Text(200));
        _fake.When(HttpMethod.Get, "/optional").Optional().Once().Answer(Answers.Text(200));
        await AskAsync("used");
        await AskAsync("twice");
        await AskAsync("sequence");

        var message = _fake.Invoking(fake => fake.VerifyAllCalled()).Should().Throw<FakeVerificationException>().Which.Message;

        message.Split("What was asked")[0].Should().Contain("GET /unused with header Authorization: answered 0").And.Contain("GET /twice, 2 in all: answered 1").And.Contain("GET /sequence: answered 1")
            .And.NotContain("/used ").And.NotContain("/optional");
        message.Should().NotContain("ghp_secret");

        using var authorised = await _client.GetAsync("unused", Http.Cancellation);
        await AskAsync("twice");
        await AskAsync("sequence");
        _fake.VerifyAllCalled();
    }

    private async Task<string> AskAsync(string path) => await _client.GetStringAsync(path, Http.Cancellation);

    private async Task<string> PostAsync(string path, string kind, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body), Headers = { { "X-Kind", kind } } };
        using var response = await _client.SendAsync(request, Http.Cancellation);
        return await response.Content.ReadAsStringAsync(Http.Cancellation);
    }
}
