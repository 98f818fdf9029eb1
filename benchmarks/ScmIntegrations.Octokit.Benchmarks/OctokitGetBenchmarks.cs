using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Octokit;
using ScmIntegrations.Benchmarks;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Octokit.Benchmarks;

/// <summary>One small GET, answered from memory, so that nothing but the clients is measured.</summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class OctokitGetBenchmarks : IDisposable
{
    private const string Token = "a-token";

    private static readonly RepositoryRef Repository = new("acme/api");

    private ServiceProvider _services = null!;
    private GitHubClient _plain = null!;
    private IGitHubClient _line = null!;
    private IOctokitIntegrationClient _adapter = null!;
    private IGitHubIntegrationClient _client = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var services = new ServiceCollection();
        var gitHub = services.AddScmIntegrations().AddGitHub(options => options.UseToken(Token)).AddOctokit();
        gitHub.HttpClient.ConfigurePrimaryHttpMessageHandler(static () => new MemoryGitHub());
        _services = services.BuildServiceProvider();
        _plain = PlainOctokit.Over(new MemoryGitHub(), Token);
        _line = _services.GetRequiredService<IGitHubClient>();
        _adapter = _services.GetRequiredService<IOctokitIntegrationClient>();
        _client = _services.GetRequiredService<IGitHubIntegrationClient>();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task<Repository> Plain() => _plain.Repository.Get("acme", "api");

    /// <summary>Existing code: Octokit's client by injection.</summary>
    [Benchmark]
    public Task<Repository> Injected() => _line.Repository.Get("acme", "api");

    [Benchmark]
    public Task<Repository> Adapter() => _adapter.RunAsync("get_repository", static octokit => octokit.Repository.Get("acme", "api"));

    [Benchmark]
    public Task<GitHubRepository> Client() => _client.GetRepositoryAsync(Repository);
}
