using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Caching;

public sealed class SingleFlightTests
{
    private const string Key = "acme/website";

    private readonly SingleFlight<string, object> _flights = new();
    private readonly TaskCompletionSource<object> _landing = new();
    private int _runs;

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_callers_share_one_run()
    {
        var callers = new Task<object>[1_000];
        Parallel.For(0, callers.Length, i => callers[i] = JoinAsync());
        _flights.Count.Should().Be(1);

        var result = new object();
        _landing.SetResult(result);
        (await Task.WhenAll(callers)).Should().OnlyContain(got => ReferenceEquals(got, result));
        _runs.Should().Be(1);
        _flights.Count.Should().Be(0);
    }

    [Fact]
    public async Task Keys_fly_apart()
    {
        var one = _flights.RunAsync("one", _ => Task.FromResult<object>(1), TestCancelled);
        var two = _flights.RunAsync("two", _ => Task.FromResult<object>(2), TestCancelled);
        (await one).Should().Be(1);
        (await two).Should().Be(2);
    }

    [Fact]
    public async Task A_caller_after_the_landing_starts_anew()
    {
        _landing.SetResult("landed");
        await JoinAsync();
        await JoinAsync();
        _runs.Should().Be(2);
        _flights.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_caller_after_the_landing_does_not_join_those_who_still_leave()
    {
        var callers = Enumerable.Range(0, 1_000).Select(_ => JoinAsync()).ToArray();
        _landing.SetResult("landed");
        await Task.WhenAny(callers);
        (await _flights.RunAsync(Key, _ => Task.FromResult<object>("anew"), TestCancelled)).Should().Be("anew");
        await Task.WhenAll(callers);
    }

    [Fact]
    public async Task The_run_does_not_see_the_first_callers_async_locals()
    {
        var local = new AsyncLocal<string?> { Value = "the first caller's" };
        var seen = await new SingleFlight<string, string?[]>().RunAsync(Key, Look, TestCancelled);
        seen.Should().Equal(null, null);
        local.Value.Should().Be("the first caller's");

        async Task<string?[]> Look(CancellationToken cancellationToken)
        {
            var atFirst = local.Value;
            await Task.Yield();
            return [atFirst, local.Value];
        }
    }

    [Fact]
    public async Task A_caller_may_have_suppressed_the_flow_itself()
    {
        _landing.SetResult("landed");
        Task<object> caller;
        using (ExecutionContext.SuppressFlow())
        {
            caller = JoinAsync();
            ExecutionContext.IsFlowSuppressed().Should().BeTrue();
        }

        (await caller).Should().Be("landed");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_run_that_is_slow_to_start_holds_up_no_other_key()
    {
        using var release = new ManualResetEventSlim();
        var slow = Task.Run(() => _flights.RunAsync("slow", StartSlowlyAsync, TestCancelled), TestCancelled);
        await _landing.Task;
        (await _flights.RunAsync("other", _ => Task.FromResult<object>("other"), TestCancelled)).Should().Be("other");
        release.Set();
        await slow;

        Task<object> StartSlowlyAsync(CancellationToken cancellationToken)
        {
            _landing.SetResult("started");
            release.Wait(TestCancelled);
            return _landing.Task;
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_waiter_that_is_slow_with_the_result_holds_up_no_other()
    {
        using var release = new ManualResetEventSlim();
        var slow = JoinAsync().ContinueWith(
            _ => release.Wait(TestCancelled),
            TestCancelled,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        var other = JoinAsync();
        _ = Task.Run(() => _landing.SetResult("landed"), TestCancelled);
        (await other).Should().Be("landed");
        release.Set();
        await slow;
    }

    private Task<object> JoinAsync() => _flights.RunAsync(
        Key,
        _ =>
        {
            Interlocked.Increment(ref _runs);
            return _landing.Task;
        },
        TestCancelled);
}
