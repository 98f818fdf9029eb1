using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Benchmarks;

/// <summary>What the whole line (interaction, gate, retry, credential, guard, bounded reading) adds to one small GET.</summary>
[MemoryDiagnoser]
public class SmallGetBenchmarks : IDisposable
{
    private static readonly RepositoryRef Repository = new("acme/api");
    private static readonly Uri Address = new("https://api.github.com/repos/acme/api");

    private ServiceProvider _services = null!;
    private IGitHubIntegrationClient _client = null!;
    private HttpClient _httpClient = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _services = Clients.Register();
        _client = _services.Client();
        _httpClient = new HttpClient(new MemoryGitHub());
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _httpClient.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async Task<string?> BareHttpClient()
    {
        using var response = await _httpClient.GetAsync(Address, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            using var document = await JsonDocument.ParseAsync(body).ConfigureAwait(false);
            return document.RootElement.GetProperty("full_name").GetString();
        }
    }

    [Benchmark]
    public Task<GitHubRepository> GetRepository() => _client.GetRepositoryAsync(Repository);
}
