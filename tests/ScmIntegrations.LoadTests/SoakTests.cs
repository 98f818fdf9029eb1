using System.Collections.Concurrent;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>
/// A mixed day's work on the real clock. The short form runs as fast as the cores allow, in memory; the long one at 200 calls a
/// second over loopback, for <c>LOAD_SOAK_MINUTES</c>.
/// </summary>
public sealed class SoakTests(LoadReport report)
{
    private const int Workers = 32;
    private const int Samples = 12;

    // The first samples are warming up: caches fill, code is compiled again, pools find their size.
    private const int WarmUp = 4;

    // Of a short run's heap a megabyte is noise.
    private const long Noise = 1024 * 1024;

    [Fact]
    public Task A_client_under_lasting_load_stays_as_it_is() => VirtualTime.OnPoolAsync(async () =>
    {
        var unobserved = new ConcurrentQueue<string>();
        void Count(object? sender, UnobservedTaskExceptionEventArgs arguments) => unobserved.Enqueue(arguments.Exception.ToString());

        // What earlier tests of the process left to the collector is not this client's.
        _ = Heap.Bytes();
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            var overLoopback = LoadForm.IsLongSoak;
            await using var gitHub = overLoopback
                ? await FakeGitHub.StartAsync(Configure, TestContext.Current.CancellationToken)
                : FakeGitHub.InMemory(Configure);
            await using var client = SoakTraffic.NewClient(gitHub, overLoopback);
            var traffic = new SoakTraffic(client, gitHub, callsPerSecond: overLoopback ? 200 : null);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var running = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => traffic.RunAsync(worker, Workers, stop.Token))));
            var samples = new List<SoakSample>();
            using var timer = new PeriodicTimer(LoadForm.Soak / Samples);
            while (samples.Count < Samples && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            {
                samples.Add(SoakSample.Take(traffic, client));
            }

            await stop.CancelAsync();
            await running;
            _ = Heap.Bytes();
            Tell(samples, traffic, unobserved, overLoopback);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }
    });

    private static void Configure(FakeGitHubOptions options) => options.RateLimit = int.MaxValue;

    private void Tell(List<SoakSample> samples, SoakTraffic traffic, ConcurrentQueue<string> unobserved, bool overLoopback)
    {
        var steady = samples.Skip(WarmUp).ToList();
        var (first, second) = (steady[..(steady.Count / 2)], steady[(steady.Count / 2)..]);
        double Change(Func<SoakSample, double> of) => (second.Average(of) / first.Average(of)) - 1;
        double Gen2Rate(IReadOnlyList<SoakSample> part) => (part[^1].Gen2 - part[0].Gen2) / (double)Math.Max(1, part[^1].Calls - part[0].Calls) * 1_000_000;
        var workingSet = Change(sample => sample.WorkingSet);
        var heap = Change(sample => sample.Heap);
        var timers = second.Max(sample => sample.Timers) - first.Max(sample => sample.Timers);
        report.Add(
            10,
            $"soak, {LoadForm.Soak.TotalSeconds:0} s, {(overLoopback ? "200 calls a second over loopback" : "as fast as the cores allow, in memory")}",
            "flat working set (±5 % after warm-up), 0 unobserved task exceptions, 0 timer growth, handler count constant, gen2 rate flat",
            $"{traffic.Calls:N0} calls ({traffic.Calls / LoadForm.Soak.TotalSeconds:N0}/s; {traffic.Failures:N0} failed as scripted, {traffic.Cancelled:N0} cancelled), working set {workingSet:+0.0 %;-0.0 %} ({steady[^1].WorkingSet >> 20} MiB), live heap {heap:+0.0 %;-0.0 %} ({steady[^1].Heap / 1048576.0:0.0} MiB), {unobserved.Count} unobserved, timers {first.Max(sample => sample.Timers)} then {second.Max(sample => sample.Timers)}, handler chains alive {steady.Min(sample => sample.Handlers)} to {steady.Max(sample => sample.Handlers)}, gen2 per million calls {Gen2Rate(first):0} then {Gen2Rate(second):0}");
        traffic.Unexpected.Should().BeEmpty();
        unobserved.Should().BeEmpty();
        steady.Max(sample => sample.Handlers).Should().BeLessThanOrEqualTo(2, "one, and one that is being rotated out");
        timers.Should().BeLessThanOrEqualTo(Workers, "each worker has a call's timers now and then");
        (second.Average(sample => sample.Heap) - first.Average(sample => sample.Heap)).Should().BeLessThan(Math.Max(Noise, 0.05 * first.Average(sample => sample.Heap)));
        workingSet.Should().BeLessThan(overLoopback ? 0.05 : 0.15, "the short form's collector has not settled yet");
    }
}
