namespace ScmIntegrations.LoadTests.Running;

/// <summary>What the process keeps.</summary>
internal static class Heap
{
    /// <summary>The bytes of all that is still referenced.</summary>
    public static long Bytes()
    {
        // Twice: what a finalizer lets go of is gone after the next collection.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
