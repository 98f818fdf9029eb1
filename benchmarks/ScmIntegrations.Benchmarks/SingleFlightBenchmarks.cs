using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using ScmIntegrations.Caching;

namespace ScmIntegrations.Benchmarks;

/// <summary>
/// A thousand callers, from all processors, want one cold key at once. The measure is what one would write without a lock:
/// a dictionary of lazy tasks, which cannot cancel, and hands every caller the first one's context.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class SingleFlightBenchmarks
{
    private const int Callers = 1_000;
    private const string Key = "acme/api main";

    private readonly SingleFlight<string, int> _flights = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<int>>> _lazies = new(StringComparer.Ordinal);

    /// <summary>How many runs the last thousand callers set off.</summary>
    public int Runs { get; private set; }

    [Benchmark(Baseline = true)]
    public async Task LazyTasks()
    {
        await CallAsync(run => _lazies.GetOrAdd(Key, static (_, start) => new Lazy<Task<int>>(start), run).Value).ConfigureAwait(false);
        _lazies.TryRemove(Key, out _);
    }

    [Benchmark]
    public Task SingleFlight() => CallAsync(run => _flights.RunAsync(Key, _ => run(), CancellationToken.None));

    private async Task CallAsync(Func<Func<Task<int>>, Task<int>> call)
    {
        // Lands when all have joined, so that no caller comes too late to share.
        var landing = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        var calls = new Task<int>[Callers];
        Parallel.For(0, Callers, caller => calls[caller] = call(() =>
        {
            Interlocked.Increment(ref runs);
            return landing.Task;
        }));
        landing.SetResult(1);
        await Task.WhenAll(calls).ConfigureAwait(false);
        Runs = runs;
    }
}
