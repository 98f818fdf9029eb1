using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Retries;

/// <summary>How long the line waits, read from the clock it waits on.</summary>
public sealed class BackoffTests
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(29);

    [Fact]
    public async Task Waits_are_drawn_from_zero_to_a_ceiling_that_doubles()
    {
        await using var fixture = await StartAsync(TimeSpan.FromSeconds(4));
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());
        var (first, second) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var call = 0; call < 15; call++)
        {
            var before = fixture.Time.RequestedDelays.Count;
            await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();
            var waits = Waits(fixture).Skip(first.Count + second.Count).ToList();
            waits.Should().HaveCount(2, "a wait of exactly nothing is not to be expected");
            first.Add(waits[0]);
            second.Add(waits[1]);
            fixture.Time.RequestedDelays.Count.Should().BeGreaterThan(before);
        }

        // Timers count in milliseconds, so two of fifteen draws from four thousand may well be the same.
        first.Should().OnlyContain(wait => wait < TimeSpan.FromSeconds(4));
        first.Distinct().Count().Should().BeGreaterThan(10);
        second.Should().OnlyContain(wait => wait < TimeSpan.FromSeconds(8));
        first.Average(wait => wait.TotalSeconds).Should().BeInRange(0.5, 3.5);
        second.Max().Should().BeGreaterThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task No_wait_is_longer_than_ten_seconds_unless_the_server_asks()
    {
        await using var fixture = await StartAsync(TimeSpan.FromMinutes(1));
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());

        for (var call = 0; call < 10; call++)
        {
            await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();
        }

        Waits(fixture).Should().HaveCount(20).And.OnlyContain(wait => wait <= TimeSpan.FromSeconds(10));
        Waits(fixture).Max().Should().BeGreaterThan(TimeSpan.FromSeconds(3));
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("1", 1)]
    public async Task A_failing_server_that_asks_for_a_wait_gets_it(string retryAfter, int seconds)
    {
        await using var fixture = await StartAsync(TimeSpan.Zero);
        fixture.GitHub.WhenAnything().Once().Answer(Answers.ServerError(503).WithHeader("Retry-After", retryAfter));

        await fixture.GetApiAsync();

        Waits(fixture).Should().Equal(TimeSpan.FromSeconds(seconds));
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("3600")]
    public async Task A_wait_beyond_the_deadline_is_not_begun(string retryAfter)
    {
        await using var fixture = await StartAsync(TimeSpan.Zero);
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(503).WithHeader("Retry-After", retryAfter));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmServerException>()).Which;
        error.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(int.Parse(retryAfter, provider: null)));
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task The_deadline_counts_from_the_start_of_the_call_not_of_the_wait()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.Stall(), Answers.ServerError(503).WithHeader("Retry-After", "75"));

        var call = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(30));

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmServerException>("of 100 seconds 70 are left")).Which.RetryAt.Should().NotBeNull();
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_caller_who_cancels_during_a_wait_leaves_at_once()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(503).WithHeader("Retry-After", "25"));
        using var caller = new CancellationTokenSource();

        var call = fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token);
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    private static Task<ClientFixture> StartAsync(TimeSpan backoffBase) => ClientFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = Shortest };
        setup.Client = options =>
        {
            options.Resilience.BackoffBase = backoffBase;
            options.Resilience.CircuitMinimumThroughput = 1000;
        };
    });

    // Deadline and attempt are timers too, and longer.
    private static List<TimeSpan> Waits(ClientFixture fixture) => [.. fixture.Time.RequestedDelays.Where(delay => delay >= TimeSpan.Zero && delay < Shortest)];
}
