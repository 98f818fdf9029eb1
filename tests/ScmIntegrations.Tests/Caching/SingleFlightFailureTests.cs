using System.Runtime.CompilerServices;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Tests.Caching;

public sealed class SingleFlightFailureTests
{
    private const string Key = "acme/website";

    private readonly SingleFlight<string, string> _flights = new();
    private readonly TaskCompletionSource _gate = new();

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_waiter_gets_the_exception_with_its_stack()
    {
        var callers = Enumerable.Range(0, 1_000).Select(_ => _flights.RunAsync(Key, FailAsync, TestCancelled)).ToArray();
        _gate.SetResult();
        var failures = await Task.WhenAll(callers.Select(FailureOfAsync));
        failures.Should().OnlyContain(failure => failure.GetType() == typeof(InvalidDataException));
        failures.Distinct().Should().ContainSingle().Which.StackTrace.Should().Contain(nameof(FailAsync));
        _flights.Count.Should().Be(0);
    }

    [Fact]
    public async Task The_next_caller_after_a_failure_starts_anew()
    {
        _gate.SetResult();
        await FailureOfAsync(_flights.RunAsync(Key, FailAsync, TestCancelled));
        (await _flights.RunAsync(Key, _ => Task.FromResult("anew"), TestCancelled)).Should().Be("anew");
    }

    [Fact]
    public async Task A_start_that_throws_is_a_failed_run()
    {
        var caller = _flights.RunAsync(Key, _ => throw new InvalidDataException(), TestCancelled);
        (await FailureOfAsync(caller)).Should().BeOfType<InvalidDataException>();
        _flights.Count.Should().Be(0);
    }

    [Fact]
    public async Task An_abandoned_run_that_fails_leaves_no_unobserved_exception()
    {
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, unobservedException) =>
            unobserved += unobservedException.Exception.Flatten().InnerExceptions.Count(inner => inner is AbandonedException);
        TaskScheduler.UnobservedTaskException += count;
        await AbandonAsync();

        // Continue on a stack that does not hold on to the tasks.
        await Task.Yield();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= count;
        unobserved.Should().Be(0);
    }

    // Apart from the test, so that nothing on its frame keeps the failed tasks alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task AbandonAsync()
    {
        using var leaving = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var failing = new TaskCompletionSource<string>();
        var caller = _flights.RunAsync(
            Key,
            run =>
            {
                run.Register(() => throw new AbandonedException());
                started.SetResult();
                return failing.Task;
            },
            leaving.Token);
        await started.Task;
        await leaving.CancelAsync();
        await caller.ContinueWith(_ => { }, TestCancelled, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        failing.SetException(new AbandonedException());
    }

    private async Task<string> FailAsync(CancellationToken cancellationToken)
    {
        await _gate.Task;
        throw new InvalidDataException("broken");
    }

    private static async Task<Exception> FailureOfAsync(Task<string> caller) =>
        (await caller.Invoking(task => task).Should().ThrowAsync<Exception>()).Which;

    private sealed class AbandonedException : Exception;
}
