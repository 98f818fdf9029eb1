namespace ScmIntegrations.Resilience.Sharing;

/// <summary>How long one call may still wait for the stores that instances share. One object a call, for all that it asks of them.</summary>
/// <param name="total">The time that the call has to spend.</param>
internal sealed class StoreBudget(TimeSpan total)
{
    // 250 ms in all is what a call may lose to a dead or slow store. 50 of them belong to the cool-downs.
    private static readonly TimeSpan CallTotal = TimeSpan.FromMilliseconds(200);

    // Nobody waits for what runs behind a call; but it must end.
    private static readonly TimeSpan BehindTotal = TimeSpan.FromSeconds(10);

    private long _leftTicks = total.Ticks;

    /// <summary>What is left; never negative.</summary>
    public TimeSpan Left => new(Math.Max(0, Interlocked.Read(ref _leftTicks)));

    /// <summary>For the value that a call looks up and the lock that it takes: 200 ms.</summary>
    public static StoreBudget ForCall() => new(CallTotal);

    /// <summary>For what runs behind a call: 10 s.</summary>
    public static StoreBudget Behind() => new(BehindTotal);

    /// <summary>A budget of its own with what is left here, for time that passes anyway.</summary>
    public StoreBudget Fork() => new(Left);

    /// <summary>Takes the time that was waited.</summary>
    public void Spend(TimeSpan waited) => Interlocked.Add(ref _leftTicks, -waited.Ticks);
}
