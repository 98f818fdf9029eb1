using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Benchmarks;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.Octokit.Benchmarks;

/// <summary>
/// The same recursive tree, gzip over loopback, with Octokit by itself, with Octokit on the client's line, and with the client, uncached. What
/// Octokit gives is a list of objects with all their strings; the client gives a tree that makes its strings when it is asked for them.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class OctokitTreeBenchmarks : IAsyncDisposable
{
    private const string Token = "a-token";

    private static readonly RepositoryRef Repository = new("acme/api");

    private LoopbackGitHub _gitHub = null!;
    private ServiceProvider _services = null!;
    private GitHubClient _plain = null!;
    private IOctokitIntegrationClient _adapter = null!;
    private IGitHubIntegrationClient _client = null!;

    [Params(1_000, 20_000, 90_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _gitHub = new LoopbackGitHub(TreeBody.Create(Entries));
        var services = new ServiceCollection();
        services.AddScmIntegrations()
            .AddGitHub(options =>
            {
                options.ApiAddress = _gitHub.Address;
                options.UseToken(Token);
            })
            .AddOctokit();
        _services = services.BuildServiceProvider();
        _plain = PlainOctokit.At(_gitHub.Address, Token);
        _adapter = _services.GetRequiredService<IOctokitIntegrationClient>();
        _client = _services.GetRequiredService<IGitHubIntegrationClient>();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().ConfigureAwait(false);
        await _gitHub.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task<TreeResponse> Plain() => _plain.Git.Tree.GetRecursive("acme", "api", "main");

    [Benchmark]
    public Task<TreeResponse> Adapter() => _adapter.RunAsync("get_tree", static octokit => octokit.Git.Tree.GetRecursive("acme", "api", "main"));

    [Benchmark]
    public Task<RepositoryTree> Client() => _client.GetTreeAsync(Repository, "main");
}
