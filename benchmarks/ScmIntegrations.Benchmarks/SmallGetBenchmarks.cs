using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;

namespace ScmIntegrations.Benchmarks;

/// <summary>
/// What the whole line (interaction, gate, retry, circuit, deadline, credential, guard, limits, bounded reading) adds to one small
/// GET. The measure does what one would write by hand: the address from owner and name, the same headers, the same
/// source-generated type, <see cref="HttpClient"/>'s own time-out.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class SmallGetBenchmarks : IDisposable
{
    private static readonly RepositoryRef Repository = new("acme/api");

    private ServiceProvider _services = null!;
    private IGitHubIntegrationClient _client = null!;
    private HttpClient _httpClient = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _services = Clients.Register();
        _client = _services.Client();
        _httpClient = new HttpClient(new MemoryGitHub());
        var headers = _httpClient.DefaultRequestHeaders;
        headers.Authorization = new("Bearer", Clients.Token);
        headers.TryAddWithoutValidation("User-Agent", "ScmIntegrations");
        headers.TryAddWithoutValidation("Accept", "application/vnd.github+json");
        headers.TryAddWithoutValidation("X-GitHub-Api-Version", "2022-11-28");
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _httpClient.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public async Task<GitHubRepository?> BareHttpClient()
    {
        var address = new Uri($"https://api.github.com/repos/{Repository.Owner}/{Repository.Name}");
        using var response = await _httpClient.GetAsync(address, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        return await JsonSerializer.DeserializeAsync(body, RepositoryJson.Default.GitHubRepository).ConfigureAwait(false);
    }

    [Benchmark]
    public Task<GitHubRepository> GetRepository() => _client.GetRepositoryAsync(Repository);
}

/// <summary>The serializer of the measure.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GitHubRepository))]
public sealed partial class RepositoryJson : JsonSerializerContext;
