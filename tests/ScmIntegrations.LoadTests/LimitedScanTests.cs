using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>Ten thousand repositories and five thousand requests an hour, with people at work on the same credential.</summary>
public sealed class LimitedScanTests(LoadReport report)
{
    private const int Repositories = 10_000;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(LoadForm.IsFull ? 5 : 30);

    [Fact]
    public Task A_scan_goes_on_window_after_window_and_is_in_nobodys_way() => VirtualTime.OnPoolAsync(async () =>
    {
        var time = new ManualTimeProvider();
        var start = time.GetUtcNow();
        await using var gitHub = Organisation.Create(time, Repositories, hourlyLimit: 5_000);
        gitHub.WhenAnything().Answer(Answers.Real().After(Latency));
        await using var client = new LoadClient(gitHub, time);
        using var over = new CancellationTokenSource();
        var interactive = CallAsync(client, time, over.Token);

        var (results, scans) = await time.RunAsync(ScanAsync(client, time));

        var took = time.GetUtcNow() - start;
        await over.CancelAsync();
        var (latencies, failed) = await time.RunAsync(interactive);
        var trees = gitHub.Find(HttpMethod.Get, LoadClient.Trees);
        var windows = trees.Select(request => (int)(request.Time - start).TotalHours).Distinct().Count();
        var limited = gitHub.Requests.Count(request => request.Status is 403 or 429);
        var p99 = latencies.Order().ElementAt((int)(latencies.Count * 0.99));
        report.Add(
            7,
            $"{Repositories:N0}-repository scan against 5,000 an hour, {latencies.Count:N0} interactive calls meanwhile",
            "spans 3 windows, 0 requests while limited, resumes from checkpoint, interactive p99 unaffected",
            $"{windows} windows in {took.TotalHours:0.00} h, {limited} requests while limited, {scans} scans with {trees.Count:N0} tree requests for {Repositories:N0} repositories, interactive p99 {p99.TotalMilliseconds:0} ms (alone {Latency.TotalMilliseconds:0} ms), {failed} of them failed");
        results.Should().HaveCount(Repositories).And.OnlyHaveUniqueItems();
        trees.Select(request => request.Path).Should().OnlyHaveUniqueItems();
        windows.Should().Be(3);
        limited.Should().Be(0);
        scans.Should().BeGreaterThan(1);
        failed.Should().Be(0);
        p99.Should().Be(Latency);
    });

    /// <summary>Scans, and when the rest has to wait for a reset, scans again from the checkpoint, as a service that was restarted meanwhile.</summary>
    private static async Task<(List<string> Done, int Scans)> ScanAsync(LoadClient client, ManualTimeProvider time)
    {
        var (done, kept) = (new List<string>(), new TreeScanCheckpoint().ToString());
        for (var scans = 1; ; scans++)
        {
            var checkpoint = TreeScanCheckpoint.Parse(kept);
            DateTimeOffset? retryAt = null;
            await foreach (var result in client.GitHub.ScanTreesAsync(new() { Checkpoint = checkpoint }, TestContext.Current.CancellationToken))
            {
                if (result.Status is TreeStatus.Fetched)
                {
                    done.Add(result.Repository.FullName);
                }
                else
                {
                    retryAt = result.Error!.RetryAt ?? throw result.Error;
                }
            }

            kept = checkpoint.ToString();
            if (retryAt is null)
            {
                return (done, scans);
            }

            await Task.Delay(retryAt.Value - time.GetUtcNow() + TimeSpan.FromSeconds(1), time, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(List<TimeSpan> Latencies, int Failed)> CallAsync(LoadClient client, ManualTimeProvider time, CancellationToken cancellationToken)
    {
        var (latencies, failed) = (new List<TimeSpan>(), 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            var startedAt = time.GetUtcNow();
            try
            {
                await client.GitHub.GetRepositoryAsync(new RepositoryRef(Organisation.Name(1)), CancellationToken.None);
            }
            catch (ScmException)
            {
                failed++;
            }

            latencies.Add(time.GetUtcNow() - startedAt);
            await Task.Delay(Between, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (latencies, failed);
    }
}
