using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;

namespace ScmIntegrations.Benchmarks;

/// <summary>
/// Reading a tree from the wire: gzip over loopback, compressed beforehand, so that the server only sends. The floor is reading the
/// decompressed bytes and throwing them away; the measure is what one would write by hand, <see cref="HttpClient"/> and a
/// source-generated serializer into full records. Ours is the whole client: interaction, gate, retry, credential, guard, bounds.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(ShortInProcess))]
public class TreeReadBenchmarks : IAsyncDisposable
{
    private const string Token = "a-token";

    private static readonly RepositoryRef Repository = new("acme/api");

    private LoopbackGitHub _gitHub = null!;
    private ServiceProvider _services = null!;
    private IGitHubIntegrationClient _client = null!;
    private HttpClient _httpClient = null!;
    private Uri _address = null!;

    [Params(1_000, 20_000, 90_000)]
    public int Entries { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _gitHub = new LoopbackGitHub(TreeBody.Create(Entries));
        var services = new ServiceCollection();
        services.AddScmIntegrations().AddGitHub(options =>
        {
            options.ApiAddress = _gitHub.Address;
            options.UseToken(Token);
        });
        _services = services.BuildServiceProvider();
        _client = _services.Client();
        _httpClient = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip });
        _httpClient.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        _httpClient.DefaultRequestHeaders.UserAgent.ParseAdd("benchmark");
        _address = new Uri(_gitHub.Address, "repos/acme/api/git/trees/main?recursive=1");
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _httpClient.Dispose();
        await _services.DisposeAsync().ConfigureAwait(false);
        await _gitHub.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public async Task BytesAlone()
    {
        using var response = await _httpClient.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await body.CopyToAsync(Stream.Null).ConfigureAwait(false);
    }

    [Benchmark(Baseline = true)]
    public async Task<int> SystemTextJson()
    {
        using var response = await _httpClient.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var tree = await JsonSerializer.DeserializeAsync(body, TreeRecordJson.Default.TreeRecord).ConfigureAwait(false);
        return tree!.Tree.Count;
    }

    [Benchmark]
    public Task<RepositoryTree> Client() => _client.GetTreeAsync(Repository, "main");
}

/// <summary>The answer as full records.</summary>
public sealed record TreeRecord(string Sha, string Url, IReadOnlyList<TreeEntryRecord> Tree, bool Truncated);

/// <summary>An entry as a full record.</summary>
public sealed record TreeEntryRecord(string Path, string Mode, string Type, string Sha, long? Size, string Url);

/// <summary>The serializer of the records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TreeRecord))]
public sealed partial class TreeRecordJson : JsonSerializerContext;
