using Microsoft.Extensions.Caching.Memory;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>What can be said of overhead without a stopwatch: the bytes of a warm hit. The times are in the benchmarks.</summary>
public sealed class AllocationTests(LoadReport report)
{
    private const int Reads = 10_000;
    private const int MostBytes = 200;

    [Fact]
    public async Task A_warm_hit_allocates_next_to_nothing()
    {
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(100));
        await using var client = new LoadClient(gitHub, TimeProvider.System);
        var repository = new RepositoryRef("acme/api");
        using var raw = new MemoryCache(new MemoryCacheOptions());
        raw.Set("acme/api@main", await client.GitHub.GetCachedTreeAsync(repository, "main", TestContext.Current.CancellationToken));

        var (hit, rawHit) = (BytesOf(() => client.GitHub.GetCachedTreeAsync(repository, "main").IsCompletedSuccessfully), BytesOf(() => raw.TryGetValue<CachedTree>("acme/api@main", out _)));

        report.Add(12, "warm hit, allocations (debug build; times are in the benchmarks)", "<= 200 B over raw IMemoryCache", $"{hit - rawHit:0} B over the {rawHit:0} B of raw IMemoryCache");
        (hit - rawHit).Should().BeLessThanOrEqualTo(MostBytes);
    }

    /// <summary>The bytes of one read that completes at once, on this thread.</summary>
    private static double BytesOf(Func<bool> read)
    {
        for (var warm = 0; warm < 100; warm++)
        {
            read().Should().BeTrue();
        }

        var (before, all) = (GC.GetAllocatedBytesForCurrentThread(), true);
        for (var number = 0; number < Reads; number++)
        {
            all &= read();
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        all.Should().BeTrue("a hit completes at once");
        return bytes / (double)Reads;
    }
}
