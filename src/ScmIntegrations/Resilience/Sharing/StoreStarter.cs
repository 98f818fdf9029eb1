using System.Diagnostics;

namespace ScmIntegrations.Resilience.Sharing;

/// <summary>
/// Begins operations one after the other on a thread that is not the pool's, so that a client which blocks where it should
/// wait holds up other operations on its store, and nothing else of the process. The thread ends when there is nothing to begin.
/// </summary>
internal sealed class StoreStarter
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private bool _isRunning;

    /// <summary>Begins an operation.</summary>
    /// <returns>The operation, which fails with what its beginning throws.</returns>
    public Task<T> Start<T>(Func<Task<T>> begin)
    {
        var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var trace = Activity.Current;
        lock (_gate)
        {
            _waiting.Enqueue(() =>
            {
                Activity.Current = trace;
                try
                {
                    begun.SetResult(begin());
                }
                catch (Exception exception)
                {
                    begun.SetResult(Task.FromException<T>(exception));
                }
            });
            if (!_isRunning)
            {
                new Thread(Run) { IsBackground = true, Name = "ScmIntegrations shared store" }.UnsafeStart();
                _isRunning = true;
            }
        }

        return begun.Task.Unwrap();
    }

    private void Run()
    {
        while (Next() is { } begin)
        {
            begin();
        }
    }

    private Action? Next()
    {
        lock (_gate)
        {
            _isRunning = _waiting.TryDequeue(out var begin);
            return begin;
        }
    }
}
