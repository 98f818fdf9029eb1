namespace ScmIntegrations.LoadTests.Running;

/// <summary>What the process looks like at a moment of the soak.</summary>
internal sealed record SoakSample(long Calls, long WorkingSet, long Heap, long Timers, int Handlers, int Gen2)
{
    private static int s_own;

    public static SoakSample Take(SoakTraffic traffic, LoadClient client)
    {
        // Before the collection that the sample itself sets off; its own ones do not count.
        var gen2 = GC.CollectionCount(2) - Volatile.Read(ref s_own);
        var (workingSet, timers) = (Environment.WorkingSet, Timer.ActiveCount);
        traffic.ForgetLog();
        var before = GC.CollectionCount(2);
        var heap = Running.Heap.Bytes();
        Interlocked.Add(ref s_own, GC.CollectionCount(2) - before);
        return new(traffic.Calls, workingSet, heap, timers, client.HandlersAlive, gen2);
    }
}
