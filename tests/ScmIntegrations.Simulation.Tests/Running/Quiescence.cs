namespace ScmIntegrations.Simulation.Tests.Running;

/// <summary>
/// Finds the moment at which nothing can run before a clock is moved. Everything here runs on the thread pool, there are
/// no sockets, so an idle pool means that every run waits for its clock.
/// </summary>
internal static class Quiescence
{
    // A pool that never idles has a stranger in it, such as a hanging test of another class.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the pool is idle but for the caller, which has to be on it.</summary>
    /// <returns><see langword="false"/> when that could not be seen for long, so that the clock is moved by guess.</returns>
    public static async Task<bool> WaitAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var looks = 1; !IsIdle(); looks++)
        {
            await Task.Yield();
            if (looks % 1024 == 0 && TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                return false;
            }
        }

        return true;
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
