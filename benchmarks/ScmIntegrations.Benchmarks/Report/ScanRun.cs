using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Benchmarks.Report;

/// <summary>Scans an organisation on a GitHub that takes 50 ms for every tree, over real HTTP.</summary>
internal static class ScanRun
{
    private const string Token = "ghp_reader";
    private const int Unlimited = 1_000_000;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    /// <summary>Trees a second, from the first request for a tree to the end of the scan.</summary>
    public static async Task<double> MeasureAsync(int concurrency, int repositories)
    {
        var gitHub = await StartAsync(repositories).ConfigureAwait(false);
        await using var stopping = gitHub.ConfigureAwait(false);
        using var first = new FirstTree();
        var services = new ServiceCollection();
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.ApiAddress = gitHub.Address;
                options.UseToken(Token);

                // What is to be measured is the scan, and not the pace that it keeps for GitHub's sake.
                (options.RateLimits.BackgroundRequestsPerSecond, options.RateLimits.BackgroundBurst) = (Unlimited, Unlimited);
            })
            .HttpClient.AddHttpMessageHandler(() => first);
        var provider = services.BuildServiceProvider();
        await using var disposing = provider.ConfigureAwait(false);
        var (client, read) = (provider.Client(), 0);
        await foreach (var result in client.ScanTreesAsync(new() { Concurrency = concurrency }).ConfigureAwait(false))
        {
            read += result.Tree is { Count: > 0 } ? 1 : throw new InvalidOperationException($"{result.Repository} was not read: {result.Status}.", result.Error);
        }

        return read / TimeProvider.System.GetElapsedTime(first.SentAt).TotalSeconds;
    }

    private static async Task<FakeGitHub> StartAsync(int repositories)
    {
        var gitHub = await FakeGitHub.StartAsync(options => options.RateLimit = Unlimited).ConfigureAwait(false);
        gitHub.AddToken(Token, "acme");
        var tree = FakeTree.Generate(entries: 50);
        for (var number = 0; number < repositories; number++)
        {
            gitHub.AddRepository(string.Create(CultureInfo.InvariantCulture, $"acme/service-{number}")).Push(tree);
        }

        gitHub.When(HttpMethod.Get, "/repos/{owner}/{repo}/git/trees/{sha}").Answer(Answers.Real().After(Latency));
        return gitHub;
    }

    /// <summary>Notes when the first tree was asked for: listing and heads come before, without latency.</summary>
    private sealed class FirstTree : DelegatingHandler
    {
        private long _sentAt;

        public long SentAt => Interlocked.Read(ref _sentAt);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (SentAt == 0 && request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                Interlocked.CompareExchange(ref _sentAt, TimeProvider.System.GetTimestamp(), 0);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
