using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>
/// Moves a clock whenever nothing can run before it is moved. All here runs on the thread pool, without sockets, so an idle
/// pool means that everybody waits for the clock. To be called on the pool.
/// </summary>
internal static class VirtualTime
{
    // A pool that stays busy this long has something in it that never ends.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a test on the pool, where the look for an idle pool knows its own place.</summary>
    public static Task OnPoolAsync(Func<Task> test) => Task.Run(test, TestContext.Current.CancellationToken);

    /// <summary>Moves the clock from timer to timer until a task is done.</summary>
    public static async Task<T> RunAsync<T>(this ManualTimeProvider time, Task<T> task)
    {
        await time.RunAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static async Task RunAsync(this ManualTimeProvider time, Task task)
    {
        while (true)
        {
            await IdleAsync();
            if (task.IsCompleted)
            {
                await task;
                return;
            }

            time.Advance(time.UntilNextTimer ?? throw new InvalidOperationException("Nothing can run, and no timer is armed."));
        }
    }

    /// <summary>Moves the clock by a span, from timer to timer, and lets everything run out that can at each.</summary>
    public static async Task PassAsync(this ManualTimeProvider time, TimeSpan span)
    {
        var end = time.GetUtcNow() + span;
        while (true)
        {
            await IdleAsync();
            var left = end - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            time.Advance(time.UntilNextTimer is { } next && next < left ? next : left);
        }
    }

    /// <summary>Returns when a condition holds, for what the pool does not know of: the thread on which shared stores are asked.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Returns when the pool is idle but for the caller.</summary>
    public static async Task IdleAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var looks = 1; !IsIdle(); looks++)
        {
            await Task.Yield();
            if (looks % 1024 == 0 && TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"The thread pool was busy for {Patience.TotalSeconds} s: {BusyWorkers()} workers, {ThreadPool.PendingWorkItemCount} work items.");
            }
        }
    }

    // In this order: work that was queued between the two first looks has either a worker or its place in the queue.
    private static bool IsIdle() => ThreadPool.PendingWorkItemCount == 0 && BusyWorkers() == 1 && ThreadPool.PendingWorkItemCount == 0;

    private static int BusyWorkers()
    {
        ThreadPool.GetMaxThreads(out var all, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return all - free;
    }
}
