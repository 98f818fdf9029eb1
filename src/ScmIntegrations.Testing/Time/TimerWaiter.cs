namespace ScmIntegrations.Testing;

/// <summary>Somebody who waits for a state of the timers.</summary>
internal sealed record TimerWaiter(Func<bool> Condition)
{
    public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
