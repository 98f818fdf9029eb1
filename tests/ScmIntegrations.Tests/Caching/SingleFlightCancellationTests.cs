using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Caching;

public sealed class SingleFlightCancellationTests
{
    private const string Key = "acme/website";

    private readonly SingleFlight<string, string> _flights = new();
    private readonly TaskCompletionSource<string> _landing = new();
    private readonly TaskCompletionSource<CancellationToken> _started = new();

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_caller_that_leaves_ends_only_its_own_wait(int position)
    {
        using var leaving = new CancellationTokenSource();
        var callers = new Task<string>[2];
        callers[0] = RunAsync(position == 0 ? leaving.Token : TestCancelled);
        callers[1] = RunAsync(position == 1 ? leaving.Token : TestCancelled);
        var run = await _started.Task;

        await leaving.CancelAsync();
        (await CancelledAsync(callers[position])).Should().Be(leaving.Token);
        run.IsCancellationRequested.Should().BeFalse();
        _flights.Count.Should().Be(1);

        _landing.SetResult("landed");
        (await callers[1 - position]).Should().Be("landed");
    }

    [Fact(Timeout = 30_000)]
    public async Task The_run_is_cancelled_when_the_last_caller_leaves()
    {
        using var first = new CancellationTokenSource();
        using var last = new CancellationTokenSource();
        var callers = new[] { RunAsync(first.Token), RunAsync(last.Token) };
        var run = await _started.Task;
        var stopped = new TaskCompletionSource();
        await using var registration = run.Register(stopped.SetResult);

        await first.CancelAsync();
        run.IsCancellationRequested.Should().BeFalse();
        await last.CancelAsync();
        (await CancelledAsync(callers[0])).Should().Be(first.Token);
        (await CancelledAsync(callers[1])).Should().Be(last.Token);
        await stopped.Task;
        _flights.Count.Should().Be(0);
    }

    [Fact]
    public async Task Leaving_does_not_wait_for_a_run_that_ignores_its_token()
    {
        using var leaving = new CancellationTokenSource();
        var caller = RunAsync(leaving.Token);
        await leaving.CancelAsync();
        (await CancelledAsync(caller)).Should().Be(leaving.Token);
        _landing.Task.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_newcomer_does_not_join_an_abandoned_run()
    {
        using var leaving = new CancellationTokenSource();
        var abandoned = RunAsync(leaving.Token);
        var abandonedRun = await _started.Task;
        await leaving.CancelAsync();
        await CancelledAsync(abandoned);

        var landing = new TaskCompletionSource<string>();
        var newcomer = _flights.RunAsync(Key, _ => landing.Task, TestCancelled);
        abandonedRun.IsCancellationRequested.Should().BeTrue();

        // The old run lands late: it must not take its successor out of the table.
        _landing.SetResult("too late");
        _flights.Count.Should().Be(1);
        landing.SetResult("anew");
        (await newcomer).Should().Be("anew");
        _flights.Count.Should().Be(0);
    }

    [Fact]
    public async Task An_already_cancelled_caller_starts_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        (await CancelledAsync(RunAsync(cancelled))).Should().Be(cancelled);
        _flights.Count.Should().Be(0);
        _started.Task.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_cancellation_of_the_runs_own_reaches_its_callers()
    {
        var own = new OperationCanceledException("own deadline");
        var caller = _flights.RunAsync(Key, _ => throw own, TestCancelled);
        (await caller.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.Should().BeSameAs(own);
    }

    [Fact]
    public async Task What_the_run_does_when_cancelled_does_not_reach_the_leaver()
    {
        using var leaving = new CancellationTokenSource();
        var caller = RunAsync(leaving.Token);
        await using var registration = (await _started.Task).Register(() => throw new InvalidOperationException("cleaning up"));
        await leaving.CancelAsync();
        (await CancelledAsync(caller)).Should().Be(leaving.Token);
    }

    private static async Task<CancellationToken> CancelledAsync(Task caller) =>
        (await caller.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken;

    private Task<string> RunAsync(CancellationToken cancellationToken) => _flights.RunAsync(
        Key,
        run =>
        {
            _started.SetResult(run);
            return _landing.Task;
        },
        cancellationToken);
}
