namespace ScmIntegrations.Caching;

/// <summary>Runs writes behind the calls that caused them: a bounded number, those of one key in their order.</summary>
internal sealed class WriteBehind
{
    private const int Lanes = 8;
    private const int MostWaiting = 256;

    private readonly Lock _gate = new();
    private readonly Task[] _lanes = [.. Enumerable.Repeat(Task.CompletedTask, Lanes)];
    private int _waiting;

    /// <summary>The number of writes that wait or run.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Takes a write on.</summary>
    /// <param name="key">Writes of the same key run one after the other.</param>
    /// <param name="write">The write. What it throws is lost.</param>
    /// <param name="done">Completes when it is done; never faults.</param>
    /// <returns>False when too many are waiting: then it is not run.</returns>
    public bool TryRun(string key, Func<Task> write, out Task done)
    {
        lock (_gate)
        {
            if (_waiting >= MostWaiting)
            {
                done = Task.CompletedTask;
                return false;
            }

            Interlocked.Increment(ref _waiting);
            var lane = (int)((uint)key.GetHashCode(StringComparison.Ordinal) % Lanes);
            done = _lanes[lane] = RunAsync(_lanes[lane], write);
            return true;
        }
    }

    private async Task RunAsync(Task before, Func<Task> write)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The write has told its own log; the next one of the lane runs all the same.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
