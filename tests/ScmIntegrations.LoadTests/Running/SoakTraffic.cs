using System.Collections.Concurrent;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests.Running;

/// <summary>Hits, misses, plain calls, faults, refusals, invalidations, scans and callers who leave, in a fixed mix.</summary>
internal sealed class SoakTraffic(LoadClient client, FakeGitHub gitHub, int? callsPerSecond)
{
    private const int Repositories = 500;
    private const int LogEvery = 5_000;

    private long _calls;
    private long _failures;
    private long _cancelled;

    public long Calls => Interlocked.Read(ref _calls);

    public long Failures => Interlocked.Read(ref _failures);

    public long Cancelled => Interlocked.Read(ref _cancelled);

    /// <summary>Errors that the mix does not script.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = new();

    public static LoadClient NewClient(FakeGitHub gitHub, bool overLoopback)
    {
        for (var number = 0; number < Repositories; number++)
        {
            gitHub.AddRepository(Name(number), repository => repository.Tree = number % 10 == 9 ? null : FakeTree.Generate(20, number));
        }

        var draw = new Random(10);
        gitHub.When(request => request.Path.StartsWith("/things/", StringComparison.Ordinal) && Draws(draw)).AnswerInTurn(Answers.ServerError(502), Answers.Reset());
        gitHub.When(HttpMethod.Get, "/things/{number}").Answer(Answers.Text(204));

        // Room for a part of the trees, so that others are pushed out; retries without waits, so that the workers have work.
        return new(gitHub, TimeProvider.System, options =>
        {
            options.Trees.CacheBytes = 1024 * 1024;
            options.Trees.RequestFloor = 0;
            options.Resilience.BackoffBase = TimeSpan.FromMilliseconds(1);
            options.RateLimits.BackgroundRequestsPerSecond = 100_000;
            options.RateLimits.BackgroundBurst = 100_000;
        }, overLoopback: overLoopback);
    }

    /// <summary>Empties the fake's log of requests, which is none of the client's memory.</summary>
    public void ForgetLog() => gitHub.ClearRequests();

    public async Task RunAsync(int worker, int workers, CancellationToken cancellationToken)
    {
        var random = new Random(worker);
        using var pace = callsPerSecond is { } rate ? new PeriodicTimer(TimeSpan.FromSeconds(workers / (double)rate)) : null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await CallAsync(random.Next(100), random.Next(Repositories));
                if (pace is not null)
                {
                    await pace.WaitForNextTickAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _cancelled);
            }
            catch (ScmException error) when (error is ScmEmptyRepositoryException or ScmNotFoundException or ScmServerException or ScmTransportException)
            {
                Interlocked.Increment(ref _failures);
            }
            catch (Exception error)
            {
                Unexpected.Enqueue($"{error.GetType().Name}: {error.Message}");
                return;
            }

            if (Interlocked.Increment(ref _calls) % LogEvery == 0)
            {
                ForgetLog();
            }
        }
    }

    private static string Name(int number) => $"acme/s{number:D3}";

    private static bool Draws(Random random)
    {
        lock (random)
        {
            return random.Next(20) == 0;
        }
    }

    private async Task CallAsync(int kind, int number)
    {
        var repository = new RepositoryRef(Name(number));
        switch (kind)
        {
            case < 40:
                await client.GitHub.GetCachedTreeAsync(repository, "main");
                break;
            case < 60:
                await client.GitHub.SendAsync(GitHubRequest.Get("/things/{number}", $"{number}"));
                break;
            case < 75:
                await client.GitHub.InvalidateTreeAsync(repository, "main");
                await client.GitHub.GetCachedTreeAsync(repository, "main");
                break;
            case < 85:
                await client.GitHub.GetTreeAsync(repository, "main");
                break;
            case < 90:
                await client.GitHub.GetRepositoryAsync(new RepositoryRef("acme/missing"));
                break;
            case < 99:
                using (var leaving = new CancellationTokenSource())
                {
                    var call = client.GitHub.GetTreeAsync(repository, "main", leaving.Token);
                    await leaving.CancelAsync();
                    await call;
                }

                break;
            default:
                await ScanSomeAsync();
                break;
        }
    }

    private async Task ScanSomeAsync()
    {
        var taken = 0;
        await foreach (var _ in client.GitHub.ScanTreesAsync(new TreeScanOptions { Concurrency = 4 }))
        {
            if (++taken == 20)
            {
                break;
            }
        }
    }
}
