using System.Net;
using System.Text.Json;

namespace ScmIntegrations.Testing.Tests;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Tree = "repos/acme/api/git/trees/main";
    private const string TreeTemplate = "/repos/acme/api/git/trees/{sha}";
    private readonly ManualTimeProvider _clock = new();
    private FakeGitHub _fake = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeGitHub.StartAsync(options => options.TimeProvider = _clock, Http.Cancellation);
        _fake.AddToken("ghp_reader", "octocat");
        _fake.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(50));
        _client = _fake.CreateClient("ghp_reader");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task A_rule_answers_a_number_of_times_and_then_steps_aside()
    {
        var fault = _fake.When(HttpMethod.Get, TreeTemplate).Times(2).Answer(Answers.ServerError());

        (await StatusesAsync(4)).Should().Equal(502, 502, 200, 200);
        fault.Hits.Should().Be(2);
    }

    [Fact]
    public async Task A_rule_can_start_late_repeat_and_be_taken_away()
    {
        var fault = _fake.When(HttpMethod.Get, TreeTemplate).AfterRequests(1).Every(2).Answer(Answers.Text(503));
        (await StatusesAsync(5)).Should().Equal(200, 200, 503, 200, 503);

        fault.Remove();
        (await StatusesAsync(2)).Should().Equal(200, 200);
    }

    [Fact]
    public async Task Rules_follow_one_another_and_answers_take_turns()
    {
        _fake.When(request => request.Token is "ghp_reader").Once().Answer(Answers.BadCredentials());
        _fake.WhenAnything().Times(2).AnswerInTurn(Answers.ServerError(500), Answers.Real());
        (await StatusesAsync(4)).Should().Equal(401, 500, 200, 200);

        _fake.WhenAnything().Always().Answer(Answers.NotFound());
        _fake.Faults.Clear();
        (await StatusesAsync(1)).Should().Equal(200);
    }

    [Fact]
    public async Task The_rate_limits_carry_their_headers()
    {
        _fake.WhenAnything().AnswerInTurn(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)), Answers.SecondaryRateLimit(TimeSpan.FromSeconds(30)), Answers.SecondaryRateLimit(null, 429));
        using var primary = await _client.GetAsync(Tree, Http.Cancellation);
        using var secondary = await _client.GetAsync(Tree, Http.Cancellation);
        using var bare = await _client.GetAsync(Tree, Http.Cancellation);

        primary.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        primary.Header("x-ratelimit-remaining").Should().Be("0");
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(primary.Header("x-ratelimit-reset"), null)).Should().Be(_clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        secondary.Header("Retry-After").Should().Be("30");
        secondary.Header("x-ratelimit-remaining").Should().NotBe("0");
        (await secondary.ReadJsonAsync()).Message().Should().Contain("exceeded a secondary rate limit");
        bare.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        bare.Header("Retry-After").Should().BeEmpty();
    }

    [Fact]
    public async Task Refusals_carry_githubs_words_and_headers()
    {
        _fake.WhenAnything().AnswerInTurn(Answers.PermissionDenied("contents=write; metadata=read"), Answers.SamlRequired("https://github.com/orgs/acme/sso"), Answers.AuthenticationOutage(), Answers.EmptyRepository());
        using var permission = await _client.GetAsync(Tree, Http.Cancellation);
        using var saml = await _client.GetAsync(Tree, Http.Cancellation);
        using var outage = await _client.GetAsync(Tree, Http.Cancellation);
        using var empty = await _client.GetAsync(Tree, Http.Cancellation);

        permission.Header("X-Accepted-GitHub-Permissions").Should().Be("contents=write; metadata=read");
        saml.Header("X-GitHub-SSO").Should().Be("required; url=https://github.com/orgs/acme/sso");
        outage.Header("x-ratelimit-limit").Should().Be("60");
        (await empty.ReadJsonAsync()).Message().Should().Be("Git Repository is empty.");
    }

    [Fact]
    public async Task Bodies_can_be_of_the_wrong_kind()
    {
        _fake.WhenAnything().AnswerInTurn(Answers.Html200(), Answers.EmptyBody200(), Answers.DeepJson(1000), Answers.Json(200, "{}"));

        (await _client.GetStringAsync(Tree, Http.Cancellation)).Should().StartWith("<!DOCTYPE html>");
        (await _client.GetStringAsync(Tree, Http.Cancellation)).Should().BeEmpty();
        var deep = await _client.GetStringAsync(Tree, Http.Cancellation);
        FluentActions.Invoking(() => JsonDocument.Parse(deep)).Should().Throw<JsonException>();
        (await _client.GetStringAsync(Tree, Http.Cancellation)).Should().Be("{}");
    }

    [Fact]
    public async Task Long_bodies_come_plain_or_as_a_bomb()
    {
        const int size = 3_000_000;
        _fake.WhenAnything().AnswerInTurn(Answers.LongBody(size), Answers.GzipBomb(size));

        (await _client.GetByteArrayAsync(Tree, Http.Cancellation)).Should().HaveCount(size);
        (await _client.GetByteArrayAsync(Tree, Http.Cancellation)).Length.Should().BeLessThan(size / 50);
    }

    [Fact]
    public async Task A_redirect_is_followed_to_where_it_points()
    {
        _fake.WhenAnything().Once().Answer(Answers.Redirect("/rate_limit", 302));

        using var response = await _client.GetAsync(Tree, Http.Cancellation);

        response.RequestMessage!.RequestUri!.AbsolutePath.Should().Be("/rate_limit");
        _fake.Requests.Select(request => request.Path).Should().Equal("/repos/acme/api/git/trees/main", "/rate_limit");
    }

    [Fact]
    public async Task A_late_answer_waits_on_the_clock_of_the_server()
    {
        _fake.WhenAnything().Once().Answer(Answers.Real().After(TimeSpan.FromSeconds(20)));
        var asking = _client.GetAsync(Tree, Http.Cancellation);
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(20), Http.Cancellation);
        asking.IsCompleted.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(20));

        using var response = await asking;
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stall_lasts_until_the_client_leaves()
    {
        _fake.WhenAnything().Answer(Answers.Stall());
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Http.Cancellation);
        var asking = _client.GetAsync(Tree, leaving.Token);
        await _fake.WaitForRequestsAsync(1, Http.Cancellation);
        asking.IsCompleted.Should().BeFalse();

        await leaving.CancelAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        _fake.Requests.Single().Status.Should().BeNull();
    }

    [Fact]
    public async Task A_stall_ends_when_the_server_is_disposed()
    {
        var fake = await FakeGitHub.StartAsync(cancellationToken: Http.Cancellation);
        fake.WhenAnything().Answer(Answers.Stall());
        using var client = fake.CreateClient();
        var asking = client.GetAsync("user", Http.Cancellation);
        await fake.WaitForRequestsAsync(1, Http.Cancellation);

        await fake.DisposeAsync();

        await asking.Awaiting(task => task).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_body_can_stall_half_way()
    {
        _fake.WhenAnything().Answer(Answers.Real().StallAfter(40));
        using var response = await _client.GetAsync(Tree, HttpCompletionOption.ResponseHeadersRead, Http.Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Http.Cancellation);
        var start = new byte[40];
        await body.ReadExactlyAsync(start, Http.Cancellation);

        var more = body.ReadAsync(new byte[1], Http.Cancellation).AsTask();

        response.Content.Headers.ContentLength.Should().BeGreaterThan(40);
        more.IsCompleted.Should().BeFalse();
        await _fake.DisposeAsync();
        await more.Awaiting(task => task).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task A_connection_can_be_reset_before_or_within_the_answer()
    {
        _fake.WhenAnything().AnswerInTurn(Answers.Reset(), Answers.Real().ResetAfter(40));

        await _client.Awaiting(client => client.GetAsync(Tree, Http.Cancellation)).Should().ThrowAsync<HttpRequestException>();
        using var response = await _client.GetAsync(Tree, HttpCompletionOption.ResponseHeadersRead, Http.Cancellation);
        await response.Awaiting(answer => answer.Content.ReadAsStringAsync(Http.Cancellation)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_body_can_be_cut_so_that_only_the_json_is_broken()
    {
        _fake.WhenAnything().Answer(Answers.Real().CutAfter(40).WithHeader("X-Test", "yes"));
        using var response = await _client.GetAsync(Tree, Http.Cancellation);

        response.Header("X-Test").Should().Be("yes");
        (await response.Content.ReadAsStringAsync(Http.Cancellation)).Should().HaveLength(40).And.StartWith("{\"sha\":\"");
    }

    private async Task<List<int>> StatusesAsync(int count)
    {
        var statuses = new List<int>();
        for (var asked = 0; asked < count; asked++)
        {
            using var response = await _client.GetAsync(Tree, Http.Cancellation);
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
