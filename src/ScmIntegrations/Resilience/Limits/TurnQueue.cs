namespace ScmIntegrations.Resilience.Limits;

/// <summary>
/// Callers who wait for their turn, first come, first served. A caller who gives up leaves no trace, and exactly one of turn and
/// giving up comes about. Used under its owner's lock, save for <see cref="WaitAsync"/>.
/// </summary>
internal sealed class TurnQueue(Lock ownersLock)
{
    private readonly LinkedList<Waiter> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>Takes a place at the end.</summary>
    public LinkedListNode<Waiter> Join() => _waiting.AddLast(new Waiter());

    /// <summary>Lets the first go on. What it does then runs elsewhere, not under the lock.</summary>
    public void Serve()
    {
        var first = _waiting.First!.Value;
        _waiting.RemoveFirst();
        first.GiveUp.Unregister();
        first.SetResult();
    }

    /// <summary>Waits at a place that was taken. Called outside the lock.</summary>
    /// <param name="place">The place.</param>
    /// <param name="onLeft">Called under the lock when the caller gives up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up; it is nobody's turn.</exception>
    public ValueTask WaitAsync(LinkedListNode<Waiter> place, Action? onLeft, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            var giveUp = cancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    var (queue, place, onLeft) = ((TurnQueue, LinkedListNode<Waiter>, Action?))state!;
                    queue.Leave(place, onLeft, token);
                },
                (this, place, onLeft));
            lock (ownersLock)
            {
                place.Value.GiveUp = giveUp;
                if (place.List is null)
                {
                    // The turn came while this was set up.
                    giveUp.Unregister();
                }
            }
        }

        return new ValueTask(place.Value.Task);
    }

    private void Leave(LinkedListNode<Waiter> place, Action? onLeft, CancellationToken cancellationToken)
    {
        lock (ownersLock)
        {
            if (place.List is null)
            {
                return;
            }

            _waiting.Remove(place);
            onLeft?.Invoke();
        }

        place.Value.SetCanceled(cancellationToken);
    }

    /// <summary>One who waits.</summary>
    internal sealed class Waiter() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        /// <summary>What lets the waiter give up, for as long as it waits.</summary>
        public CancellationTokenRegistration GiveUp { get; set; }
    }
}
