using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>What ends here, before or instead of an answer.</summary>
public sealed class LocalRowTests
{
    [Fact]
    public async Task Row_9b_a_write_whose_turn_does_not_come_in_time_is_known_not_to_have_been_sent()
    {
        await using var fixture = await RowCall.OverAsync(Answers.Json(200, "{}"), setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => (options.RateLimits.WriteBurst, options.RateLimits.WritesPerSecond) = (1, 1 / 3600d);
        });
        await fixture.SendAsync(HttpMethod.Post);
        var call = fixture.SendAsync(HttpMethod.Post);
        await fixture.Time.WaitForTimersAsync(2, TestContext.Current.CancellationToken);

        fixture.Time.Advance(TimeSpan.FromSeconds(100));

        var error = await RowCall.FailAsync(() => call);
        error.Should().BeOfType<ScmTimeoutException>().Which.Origin.Should().Be(ErrorOrigin.Client);
        error.Error.Rule.Should().Be("9b");
        error.Message.Should().Contain("POST /things: not sent").And.Contain("100 s");
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public async Task Row_10_the_callers_cancellation_ends_a_wait_at_once_and_halts()
    {
        await using var fixture = await RowCall.OverAsync(Answers.ServerError(503).WithHeader("Retry-After", "25"), setup => setup.Time = new ManualTimeProvider());
        using var caller = new CancellationTokenSource();

        var call = fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token);
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public async Task Row_11_an_open_circuit_refuses_with_the_time_of_the_next_try()
    {
        await using var fixture = await RowCall.OverAsync(Answers.ServerError(), setup =>
        {
            setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(5) };
            setup.Client = options => options.Resilience.CircuitMinimumThroughput = 2;
        });
        await RowCall.FailAsync(fixture.GetApiAsync);
        await RowCall.FailAsync(fixture.GetApiAsync);
        var sent = fixture.GitHub.Requests.Count;

        var error = await RowCall.FailAsync(fixture.GetApiAsync);

        error.Should().BeOfType<ScmCircuitOpenException>();
        error.Error.Rule.Should().Be("11");
        error.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(15));
        fixture.GitHub.Requests.Should().HaveCount(sent);
        fixture.CountedOutcomes.Should().Equal("started", "failure", "started", "failure", "started", "halted");
    }

    [Fact]
    public async Task Row_12_a_closed_gate_refuses_without_a_request()
    {
        await using var fixture = await RowCall.OverAsync(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(40)), setup => setup.Time = new ManualTimeProvider());
        await RowCall.FailAsync(fixture.GetApiAsync);

        var error = await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Post));

        error.Should().BeOfType<ScmRateLimitException>();
        error.Origin.Should().Be(ErrorOrigin.Client);
        error.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(40));
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted", "started", "halted");
    }

    [Fact]
    public async Task Row_12_is_waited_for_where_the_options_allow_it()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => (options.Resilience.MaxRateLimitWait, options.Resilience.AttemptTimeout) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(99));
        });
        fixture.GitHub.When(HttpMethod.Post, "/things").Once().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(40)));
        await RowCall.FailAsync(() => fixture.SendAsync(HttpMethod.Post));

        var call = fixture.GetApiAsync();
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(41), TestContext.Current.CancellationToken);
        fixture.GitHub.Requests.Should().ContainSingle("it is not sent before");
        fixture.Time.Advance(TimeSpan.FromSeconds(41));

        await call;
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Row_16_a_redirect_elsewhere_is_refused()
    {
        await using var elsewhere = RawServer.Start(RawServer.Ok("{}"));
        await RowCall.EachAsync(["GET", "POST"], _ => RowCall.OverAsync(Answers.Redirect(elsewhere.Address.AbsoluteUri, 307)), (fixture, error) =>
            error.ShouldSurface<ScmOriginBlockedException>(fixture, "16", requests: 1, halts: true));
        elsewhere.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Row_60a_a_mint_that_stalls_is_asked_again()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider()));
        fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Once().Answer(Answers.Stall());
        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);

        fixture.Time.Advance(TimeSpan.FromSeconds(31));

        await call;

        // The attempt of the call and that of the mint run out at the same moment: whether the first leaves the flight before the
        // second tries again is a matter of threads, and then a flight of its own mints once more.
        fixture.GitHub.Count(HttpMethod.Post, RowCall.Mint).Should().BeInRange(2, 3, "a mint that stalls once is asked again");
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(1, "and then the call is sent");
    }

    [Fact]
    public async Task Row_60b_a_mint_that_failed_is_not_retried_a_second_time_by_the_call()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(Answers.ServerError());

        var error = await RowCall.FailAsync(fixture.GetApiAsync);

        error.ShouldSurface<ScmServerException>(fixture, "60", requests: 3, halts: false);
        fixture.GitHub.Requests.Should().OnlyContain(request => request.Method == HttpMethod.Post);
    }

    [Fact]
    public async Task Row_67_a_cache_that_is_full_falls_open_to_the_origin()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.CacheBytes = 1024 * 1024);
        fixture.AddRepository("acme/api", FakeTree.Generate(20_000));

        for (var read = 0; read < 2; read++)
        {
            (await fixture.Client.GetCachedTreeAsync(Requests.Api, "main", TestContext.Current.CancellationToken)).Tree.Count.Should().BeGreaterThanOrEqualTo(20_000);
        }
    }

    [Fact]
    public async Task Row_68_a_reporter_that_throws_changes_nothing()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
            setup.MoreClients = (builder, _) => builder.Services.AddSingleton<IFailureReporter>(new Throwing()));
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(501));

        var error = await RowCall.FailAsync(fixture.GetApiAsync);

        error.ShouldSurface<ScmServerException>(fixture, "46", requests: 1, halts: false);
        fixture.Reporter.Reports.Should().ContainSingle();
    }

    private sealed class Throwing : IFailureReporter
    {
        public void Report(FailureReport report) => throw new InvalidOperationException("No disk left.");
    }
}
