using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.Benchmarks;

/// <summary>What a warm read of a tree costs above the look-up in a dictionary that it is at heart.</summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class CachedTreeBenchmarks : IDisposable
{
    private const string Key = "acme/api main";

    private static readonly RepositoryRef Repository = new("acme/api");

    private ServiceProvider _services = null!;
    private IGitHubIntegrationClient _client = null!;
    private MemoryCache _cache = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _services = Clients.Register();
        _client = _services.Client();
        _cache = new MemoryCache(new MemoryCacheOptions());
        await _client.GetRepositoryAsync(Repository).ConfigureAwait(false);
        _cache.Set(Key, await _client.GetCachedTreeAsync(Repository, "main").ConfigureAwait(false));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _cache.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public CachedTree? MemoryCacheRead() => _cache.Get<CachedTree>(Key);

    [Benchmark]
    public Task<CachedTree> GetCachedTree() => _client.GetCachedTreeAsync(Repository, "main");

    [Benchmark]
    public Task<CachedTree> GetCachedTreeOfDefaultBranch() => _client.GetCachedTreeAsync(Repository);
}
