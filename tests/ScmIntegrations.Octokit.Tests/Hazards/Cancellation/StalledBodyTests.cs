using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Cancellation;

/// <summary>A stalled answer ends with the caller's token and with the deadline, its body included.</summary>
public sealed class StalledBodyTests
{
    public static TheoryData<string, Answer> Stalls => new()
    {
        { "before the headers", Answers.Stall() },
        { "within the body", Answers.Real().StallAfter(10) },
    };

    [Theory]
    [MemberData(nameof(Stalls))]
    public async Task The_callers_token_ends_it_at_once(string where, Answer stall)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(stall);
        using var caller = new CancellationTokenSource();

        var call = fixture.GetApiAsync(caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        var error = (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>(where)).Which;
        error.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
        fixture.Reporter.Reports.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stalls))]
    public async Task The_deadline_ends_it(string where, Answer stall)
    {
        await using var fixture = await StartAsync(deadline: 20);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(stall);

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>(where)).Which.Reason.Should().Be(ErrorReason.Timeout);
        fixture.Counted.Should().Equal(("test", "started"), ("test", "failure"));
    }

    [Fact]
    public async Task The_deadline_ends_the_body_of_an_error_too()
    {
        await using var fixture = await StartAsync(deadline: 20);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.GitHubError(404, "Not Found").StallAfter(10));

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        var error = (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmException>()).Which;
        error.Should().Match(one => one is ScmTimeoutException || one is ScmNotFoundException, "the status is known if the headers came in time");
    }

    [Fact]
    public async Task An_attempt_that_stalls_is_given_up_and_tried_again()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(Answers.Real().StallAfter(10));

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        (await call).FullName.Should().Be("acme/api");
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Outside_of_RunAsync_the_deadline_holds_as_well()
    {
        await using var fixture = await StartAsync(deadline: 20);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Real().StallAfter(10));

        var call = fixture.Direct.Repository.Get("acme", "api");
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>();
    }

    [Fact]
    public async Task A_caller_who_has_cancelled_already_sends_nothing()
    {
        await using var fixture = await StartAsync();
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        var call = () => fixture.GetApiAsync(caller.Token);

        (await call.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_that_the_call_takes_itself_ends_it_too()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Real().StallAfter(10));
        using var own = new CancellationTokenSource();

        var call = fixture.RunAsync(octokit => octokit.Connection.Get<object>(new Uri("repos/acme/api", UriKind.Relative), null, null, own.Token));
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await own.CancelAsync();

        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Plain_Octokit_reads_a_body_on_although_its_caller_has_cancelled()
    {
        var body = new StalledBody("""{"id":7}""");
        using var handler = new InterceptingHandler((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(body) { Headers = { ContentType = new("application/json") } } }));
        using var caller = new CancellationTokenSource();

        var call = PlainOctokit.Over(handler).Connection.Get<Repository>(new Uri("repos/acme/api", UriKind.Relative), null, null, caller.Token);
        await body.Reading;
        await caller.CancelAsync();
        body.GoOn();

        (await call).Body.Id.Should().Be(7, "the token reaches the headers alone");
    }

    private static Task<OctokitFixture> StartAsync(int deadline = 100) => OctokitFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider();
        setup.Client = options => options.Resilience.Deadline = TimeSpan.FromSeconds(deadline);
    });

    /// <summary>Gives nothing until it may, or until the token of whoever reads says no.</summary>
    private sealed class StalledBody(string text) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))
    {
        private readonly TaskCompletionSource _reading = new();
        private readonly TaskCompletionSource _goOn = new();

        public Task Reading => _reading.Task;

        public void GoOn() => _goOn.SetResult();

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            _reading.SetResult();
            await _goOn.Task.WaitAsync(cancellationToken);
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
        }
    }
}
