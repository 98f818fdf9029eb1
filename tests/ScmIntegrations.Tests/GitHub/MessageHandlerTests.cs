using System.Net;
using System.Text;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>Another client's requests get the same line, and that client its answers.</summary>
public sealed class MessageHandlerTests
{
    [Fact]
    public async Task A_read_that_fails_twice_comes_back_as_a_200()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Times(2).Answer(Answers.ServerError(500));
        using var client = Client(fixture);

        using var response = await client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain("acme/api");
        fixture.GitHub.Requests.Should().HaveCount(3).And.OnlyContain(request => request.Token == ClientSetup.Token);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Theory]
    [InlineData(404, 1, "halted")]
    [InlineData(422, 1, "failure")]
    [InlineData(503, 3, "failure")]
    [InlineData(403, 1, "halted")]
    [InlineData(302, 1, "halted")]
    public async Task The_final_answer_is_returned_whole_whatever_its_status(int status, int requests, string outcome)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(status, "No.").WithHeader("X-Custom", "kept"));
        using var client = Client(fixture);

        using var response = await client.GetAsync("things", TestContext.Current.CancellationToken);

        ((int)response.StatusCode).Should().Be(status);
        response.Headers.GetValues("X-Custom").Should().Equal("kept");
        response.Headers.Contains("X-GitHub-Request-Id").Should().BeTrue();
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain("\"No.\"");
        response.RequestMessage!.RequestUri.Should().Be(new Uri(fixture.GitHub.Address, "things"));
        response.RequestMessage.Headers.Authorization.Should().BeNull("the caller's message never sees the credential");
        fixture.GitHub.Requests.Should().HaveCount(requests);
        fixture.CountedOutcomes.Should().Equal("started", outcome);
    }

    [Theory]
    [InlineData(404, ErrorReason.NotFound)]
    [InlineData(503, ErrorReason.ServerError)]
    [InlineData(302, ErrorReason.RedirectRefused)]
    [InlineData(202, ErrorReason.NotReady)]
    public async Task An_answer_that_is_an_error_tells_which_one_the_clients_own_calls_would_have_thrown(int status, ErrorReason reason)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(20) });
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(status, "No.").WithHeader("Retry-After", "0"));
        using var client = Client(fixture);

        using var response = await client.GetAsync("things", TestContext.Current.CancellationToken);

        var error = response.GetScmException();
        error.Should().NotBeNull();
        error!.Reason.Should().Be(reason);
        error.Error.Rule.Should().NotBeNull("the retry table has decided about it");
        error.RequestId.Should().Be(response.Headers.GetValues("X-GitHub-Request-Id").Single());
    }

    [Theory]
    [InlineData("GET", "{\"id\":", "application/json", "unreadable_response", 2)]
    [InlineData("GET", "{}{}", "application/vnd.github+json", "unreadable_response", 2)]
    [InlineData("GET", "", "application/json", "unreadable_response", 2)]
    [InlineData("GET", " ", "text/plain", "unreadable_response", 2)]
    [InlineData("GET", "<html></html>", "text/html", "unreadable_response", 2)]
    [InlineData("GET", "[[[[[[[[[]]]]]]]]]", "application/json", "response_too_large", 1)]
    [InlineData("POST", "{\"id\":", "application/json", "unreadable_response", 1)]
    [InlineData("POST", "<html></html>", "text/html", "unreadable_response", 1)]
    [InlineData("POST", "", "application/json", null, 1)]
    [InlineData("GET", "[[[[[[[[]]]]]]]]", "application/json", null, 1)]
    [InlineData("GET", "keep it logically awesome", "text/plain", null, 1)]
    public async Task Where_JSON_is_due_a_body_that_is_none_is_an_attempt_that_failed(string method, string body, string contentType, string? reason, int requests)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxJsonDepth = 8);
        fixture.GitHub.WhenAnything().Answer(Answers.Text(200, body, contentType));
        using var client = Client(fixture);
        using var request = new HttpRequestMessage(new HttpMethod(method), "things");
        request.ExpectJson();

        var thrown = await Record.ExceptionAsync(() => client.SendAsync(request, TestContext.Current.CancellationToken));

        (thrown as ScmUnreadableResponseException)?.Reason.ToName().Should().Be(reason);
        (thrown is null).Should().Be(reason is null);
        fixture.GitHub.Requests.Should().HaveCount(requests);
        fixture.CountedOutcomes.Should().Equal("started", reason is null ? "success" : "failure");
    }

    [Fact]
    public async Task An_answer_that_is_none_and_one_that_came_another_way_tell_of_no_error()
    {
        await using var fixture = await ClientFixture.StartAsync();
        using var client = Client(fixture);

        using var response = await client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);
        using var other = new HttpResponseMessage(HttpStatusCode.NotFound);

        response.GetScmException().Should().BeNull();
        other.GetScmException().Should().BeNull();
    }

    [Fact]
    public async Task Not_modified_is_an_answer_like_any_other()
    {
        await using var fixture = await ClientFixture.StartAsync();
        using var client = Client(fixture);
        using var first = await client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, "repos/acme/api") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };

        using var second = await client.SendAsync(conditional, TestContext.Current.CancellationToken);

        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
        fixture.CountedOutcomes.Should().Equal("started", "success", "started", "success");
    }

    [Fact]
    public async Task Content_and_headers_are_sent_anew_with_every_attempt()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.ServerError(), Answers.ServerError(), Answers.Text(204));
        using var client = Client(fixture);
        using var content = new StreamContent(new OneTimeStream("once only"));
        content.Headers.ContentType = new("application/x-thing");
        using var request = new HttpRequestMessage(HttpMethod.Put, "things") { Content = content, Headers = { { "X-Mark", "1" } } };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        fixture.GitHub.Requests.Should().HaveCount(3).And.OnlyContain(sent =>
            sent.Body == "once only" && sent.Headers["X-Mark"] == "1" && sent.Headers["Content-Type"] == "application/x-thing");
    }

    [Fact]
    public async Task A_write_is_not_sent_twice()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(502));
        using var client = Client(fixture);
        using var content = new StringContent("{}");

        using var response = await client.PostAsync("things", content, TestContext.Current.CancellationToken);

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task The_callers_own_headers_win_but_not_over_the_credential()
    {
        await using var fixture = await ClientFixture.StartAsync();
        using var client = Client(fixture);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("octo/1.0");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "theirs");

        using var response = await client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);

        fixture.GitHub.Requests[0].Headers["User-Agent"].Should().Be("octo/1.0");
        fixture.GitHub.Requests[0].Token.Should().Be(ClientSetup.Token);
        fixture.GitHub.Requests[0].Headers["X-GitHub-Api-Version"].Should().Be("2022-11-28");
    }

    [Fact]
    public async Task An_open_interaction_is_joined()
    {
        await using var fixture = await ClientFixture.StartAsync();
        using var client = Client(fixture);

        await fixture.Interactions.RunAsync(
            new InteractionDescriptor("mine", "github"),
            async _ =>
            {
                using var one = await client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);
                using var two = await client.GetAsync("repos/acme/nothing", TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken);

        fixture.GitHub.Requests.Should().HaveCount(2);
        fixture.CountedOutcomes.Should().Equal("started", "success");
    }

    [Fact]
    public async Task Another_origin_is_refused_and_nothing_arrives_there()
    {
        await using var thief = RawServer.Start(RawServer.Ok("{}"));
        await using var fixture = await ClientFixture.StartAsync();
        using var client = Client(fixture);

        var call = () => client.GetAsync(thief.Address, TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmOriginBlockedException>();
        thief.Requests.Should().BeEmpty();
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_answer_over_the_bound_is_refused()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => options.MaxResponseBytes = 10_000);
        fixture.GitHub.WhenAnything().Answer(Answers.GzipBomb(10_000_000));
        using var client = Client(fixture);

        var call = () => client.GetAsync("things", TestContext.Current.CancellationToken);

        (await call.Should().ThrowAsync<ScmException>()).Which.Reason.Should().Be(ErrorReason.ResponseTooLarge);
    }

    [Fact]
    public async Task Where_there_is_no_answer_the_error_is_typed()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Reset());
        using var client = Client(fixture);

        var call = () => client.GetAsync("things", TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmTransportException>();
        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_refusal_of_the_mint_is_not_taken_for_the_answer()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.RemoveInstallation(ClientSetup.InstallationId);
        fixture.GitHub.When(HttpMethod.Post, "/app/installations/7/access_tokens").Answer(Answers.NotFound());
        using var client = Client(fixture);

        var call = () => client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);

        await call.Should().ThrowAsync<ScmInstallationException>();
    }

    [Fact]
    public async Task A_limit_is_returned_once_and_then_refused_here()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.GitHub = options => options.ApiPathPrefix = "/api/v3");
        fixture.GitHub.When(HttpMethod.Get, "/search/issues").Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)).WithHeader("x-ratelimit-resource", "search"));
        using var client = Client(fixture);

        using var limited = await client.GetAsync("search/issues?q=x", TestContext.Current.CancellationToken);
        var call = () => client.GetAsync("search/issues?q=y", TestContext.Current.CancellationToken);

        limited.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        await call.Should().ThrowAsync<ScmRateLimitException>();
        fixture.GitHub.Requests.Should().ContainSingle();
        using var other = await client.GetAsync("repos/acme/api", TestContext.Current.CancellationToken);
        other.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_their_cancellation()
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        using var client = Client(fixture);
        using var caller = new CancellationTokenSource();

        var call = client.GetAsync("things", caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    private static HttpClient Client(ClientFixture fixture) => new(fixture.Clients.CreateHandler()) { BaseAddress = fixture.GitHub.Address };

    private sealed class OneTimeStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
