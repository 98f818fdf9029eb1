using ScmIntegrations.Caching;
using ScmIntegrations.Resilience.Sharing;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Tests.Sharing;

/// <summary>One instance fetches what all of them miss; and whatever happens to lock or store, everybody gets a value.</summary>
public sealed class SharedRefreshTests : IDisposable
{
    private static readonly TimeSpan LongestFetch = TimeSpan.FromSeconds(100);

    private readonly SecondLevelRig _rig = new();
    private readonly MemoryLock _lock;
    private readonly TaskCompletionSource _upstream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _fetches;

    public SharedRefreshTests() => _lock = new MemoryLock(_rig.Time);

    private ManualTimeProvider Time => _rig.Time;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task One_instance_fetches_and_the_others_find_it()
    {
        var first = RunAsync();
        await WaitForFetchAsync();
        var others = Enumerable.Range(0, 7).Select(_ => RunAsync()).ToList();
        await WaitForPollsAsync(7);

        _upstream.SetResult();
        (await first).Should().Be("value 1");
        await WaitUntilAsync(() => _lock.Held == 0);
        await PollUntilAsync(Task.WhenAll(others), others.Count);

        (await Task.WhenAll(others)).Should().AllBe("value 1");
        _fetches.Should().Be(1);
        _lock.Held.Should().Be(0);
    }

    [Fact]
    public async Task What_was_written_between_look_and_lock_is_found()
    {
        var taking = new TaskCompletionSource();
        _lock.Delay = taking.Task;
        var second = RunAsync();
        await WaitUntilAsync(() => _rig.Store.Gets == 1);
        await Written("value of another");

        taking.SetResult();

        (await second).Should().Be("value of another");
        _fetches.Should().Be(0);
        await WaitUntilAsync(() => _lock.Held == 0);
    }

    [Fact]
    public async Task The_lock_is_kept_until_others_can_find_the_value()
    {
        _upstream.SetResult();
        var writing = new TaskCompletionSource();

        (await RunAsync(written: writing.Task)).Should().Be("value 1", "the call does not wait for the write");
        _lock.Held.Should().Be(1);
        writing.SetResult();

        await WaitUntilAsync(() => _lock.Held == 0);
    }

    [Fact]
    public async Task A_holder_who_dies_is_waited_for_ten_seconds_and_no_longer()
    {
        _upstream.SetResult();
        await _lock.TryAcquireAsync(SecondLevelRig.Key.Text, "dead", TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        var began = Time.GetUtcNow();
        var waiting = RunAsync();

        await PollUntilAsync(waiting);

        (await waiting).Should().Be("value 1");
        (Time.GetUtcNow() - began).Should().BeCloseTo(TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(200));
        _lock.Held.Should().Be(1, "what is another's is not released");
    }

    [Fact]
    public async Task A_lease_that_runs_out_is_taken_over()
    {
        _upstream.SetResult();
        await _lock.TryAcquireAsync(SecondLevelRig.Key.Text, "dead", TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        var began = Time.GetUtcNow();
        var waiting = RunAsync();

        await PollUntilAsync(waiting);

        (Time.GetUtcNow() - began).Should().BeCloseTo(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(200));
        await WaitUntilAsync(() => _lock.Held == 0);
    }

    [Fact]
    public async Task A_holder_whose_fetch_fails_gives_the_lock_back_and_the_next_one_fetches()
    {
        await FluentActions.Awaiting(() => RunAsync(fails: true)).Should().ThrowAsync<InvalidOperationException>();
        await WaitUntilAsync(() => _lock.Held == 0);
        _upstream.SetResult();

        (await RunAsync()).Should().Be("value 2");
    }

    [Fact]
    public async Task A_lock_that_is_down_is_done_without()
    {
        (_lock.IsDown, _) = (true, _upstream.TrySetResult());

        (await RunAsync()).Should().Be("value 1");

        _rig.Told.Should().Equal(1401);
    }

    [Fact]
    public async Task A_lock_that_answers_too_late_is_given_back()
    {
        _upstream.SetResult();
        var taking = new TaskCompletionSource();
        _lock.Delay = taking.Task;
        var running = RunAsync();
        await WaitUntilAsync(() => _lock.Asked == 1);
        var began = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromMilliseconds(250));

        (await running).Should().Be("value 1");
        (Time.GetUtcNow() - began).Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(250));
        taking.SetResult();

        await WaitUntilAsync(() => _lock.Taken == 1 && _lock.Held == 0);
    }

    [Fact]
    public async Task A_store_that_is_down_is_not_waited_for_behind_the_lock()
    {
        _rig.Store.Is = ScriptedCache.Mood.Refuses;
        await _lock.TryAcquireAsync(SecondLevelRig.Key.Text, "another", TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        _upstream.SetResult();

        (await RunAsync()).Should().Be("value 1");

        Time.RequestedDelays.Should().NotContain(TimeSpan.FromMilliseconds(100), "nobody can show us anything");
    }

    [Fact]
    public async Task A_store_that_goes_down_meanwhile_ends_the_wait()
    {
        await _lock.TryAcquireAsync(SecondLevelRig.Key.Text, "another", TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        _upstream.SetResult();
        var waiting = RunAsync();
        await WaitForPollsAsync(1);
        _rig.Store.Is = ScriptedCache.Mood.Refuses;

        Time.Advance(TimeSpan.FromMilliseconds(100));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Should().Be("value 1");
    }

    [Fact]
    public async Task A_caller_who_leaves_while_waiting_leaves_nothing_behind()
    {
        await _lock.TryAcquireAsync(SecondLevelRig.Key.Text, "another", TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        using var leaving = new CancellationTokenSource();
        var waiting = RunAsync(cancellationToken: leaving.Token);
        await WaitForPollsAsync(1);

        await leaving.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        Time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public async Task Without_a_lock_everybody_fetches()
    {
        _upstream.SetResult();
        var refresh = new SharedRefresh(locks: null, _rig.NewGuard("refresh lock"), Time);

        await Task.WhenAll(RunAsync(refresh: refresh), RunAsync(refresh: refresh));

        _fetches.Should().BeInRange(1, 2);
    }

    private Task<string> RunAsync(bool fails = false, Task? written = null, SharedRefresh? refresh = null, CancellationToken? cancellationToken = null) =>
        (refresh ?? new SharedRefresh(_lock, _rig.NewGuard("refresh lock"), Time)).RunAsync(
            SecondLevelRig.Key,
            FindAsync,
            async _ =>
            {
                var number = Interlocked.Increment(ref _fetches);
                if (fails)
                {
                    throw new InvalidOperationException("GitHub is down.");
                }

                await _upstream.Task;
                var value = $"value {number}";
                return new Refreshed<string>(value, written ?? Written(value));
            },
            LongestFetch,
            StoreBudget.ForCall(),
            cancellationToken ?? TestContext.Current.CancellationToken);

    private async Task<StoreAnswer<string>> FindAsync(StoreBudget budget, CancellationToken cancellationToken)
    {
        var answer = await _rig.FindAsync(budget, cancellationToken);
        return new(answer.IsAnswered, answer.Value is { } value ? System.Text.Encoding.UTF8.GetString(value.Value) : null);
    }

    private Task Written(string value) => _rig.SetAsync(System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>How many times a caller has gone to wait for its next poll.</summary>
    private int Polls => Time.RequestedDelays.Count(delay => delay == TimeSpan.FromMilliseconds(100));

    private Task WaitForPollsAsync(int count) => WaitUntilAsync(() => Polls >= count);

    private Task WaitForFetchAsync() => WaitUntilAsync(() => Volatile.Read(ref _fetches) > 0);

    /// <summary>Lets the clock run by one poll whenever all callers wait for the next one.</summary>
    private async Task PollUntilAsync(Task done, int callers = 1)
    {
        for (var round = 1; !done.IsCompleted; round++)
        {
            await WaitUntilAsync(() => done.IsCompleted || Polls >= round * callers);
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await done;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
