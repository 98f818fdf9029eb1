using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Http;

/// <summary>Nothing hangs: headers and body stand under the attempt's time, the deadline and the caller's token.</summary>
public sealed class StallTests
{
    public static TheoryData<string, Answer> Stalls => new()
    {
        { "before the headers", Answers.Stall() },
        { "within the body", Answers.Real().StallAfter(10) },
    };

    [Theory]
    [MemberData(nameof(Stalls))]
    public async Task An_attempt_that_stalls_is_given_up_and_tried_again(string where, Answer stall)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(stall);

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        (await call).FullName.Should().Be("acme/api", where);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Stalls))]
    public async Task The_deadline_ends_a_call_that_stalls(string where, Answer stall)
    {
        await using var fixture = await StartAsync(deadline: 20);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(stall);

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        var error = (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>(where)).Which;
        error.Reason.Should().Be(ErrorReason.Timeout);
        error.Origin.Should().Be(ErrorOrigin.Transport);
        error.Message.Should().Contain("20 s");
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "failure");
    }

    [Fact]
    public async Task A_read_that_stalls_each_time_is_tried_three_times()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Stall());

        var call = fixture.GetApiAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await fixture.GitHub.WaitForRequestsAsync(attempt, TestContext.Current.CancellationToken);
            fixture.Time.Advance(TimeSpan.FromSeconds(30));
        }

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>()).Which.Message.Should().Contain("30 s");
        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task The_deadline_keeps_the_last_error_as_its_cause()
    {
        await using var fixture = await StartAsync(deadline: 20);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").AnswerInTurn(Answers.ServerError(503), Answers.Stall());

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        var error = (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTimeoutException>()).Which;
        error.InnerException.Should().BeOfType<ScmServerException>().Which.Status.Should().Be(System.Net.HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [MemberData(nameof(Stalls))]
    public async Task A_caller_who_cancels_leaves_at_once_with_their_own_token(string where, Answer stall)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(stall);
        using var caller = new CancellationTokenSource();

        var call = fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        var error = (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>(where)).Which;
        error.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
        fixture.Reporter.Reports.Should().BeEmpty();
    }

    [Fact]
    public async Task A_caller_who_has_cancelled_already_sends_nothing()
    {
        await using var fixture = await ClientFixture.StartAsync();
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        var call = () => fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token);

        (await call.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_that_trickles_is_under_the_attempts_time_too()
    {
        var trickling = new TaskCompletionSource();
        await using var server = RawServer.Start(async request =>
        {
            await request.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{");
            for (var bytes = 1; ; bytes++)
            {
                await request.WriteAsync(" ");
                if (bytes == 50)
                {
                    trickling.TrySetResult();
                }

                await Task.Yield();
                request.Stopping.ThrowIfCancellationRequested();
                if (bytes >= 100)
                {
                    await request.StallAsync();
                }
            }
        });
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.ApiAddress, setup.Time) = (server.Address, new ManualTimeProvider()));

        var call = () => fixture.SendAsync(HttpMethod.Post);
        var sent = call();
        await trickling.Task;
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        await FluentActions.Awaiting(() => sent).Should().ThrowAsync<ScmAmbiguousWriteException>().WithInnerException(typeof(ScmTimeoutException));
    }

    private static Task<ClientFixture> StartAsync(int deadline = 100) => ClientFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider();
        setup.Client = options => options.Resilience.Deadline = TimeSpan.FromSeconds(deadline);
    });
}
