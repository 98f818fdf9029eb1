using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>Far more keys than the cache has room for.</summary>
public sealed class DistinctKeyTests(LoadReport report)
{
    private const int AtOnce = 64;
    private const long CacheBytes = 8L * 1024 * 1024;

    // What is not bounded grows by a flight (some 200 bytes) or more for each key.
    private const double MostBytesAKey = 32;

    [Fact]
    public Task What_is_kept_of_ever_new_keys_is_bounded() => VirtualTime.OnPoolAsync(async () =>
    {
        // On the system's clock: the manual one remembers every timer, for tests to look at.
        await using var gitHub = FakeGitHub.InMemory();
        gitHub.When(HttpMethod.Get, LoadClient.Trees).Answer(Answers.Custom(WriteTreeAsync));
        await using var client = new LoadClient(gitHub, TimeProvider.System, options => options.Trees.CacheBytes = CacheBytes);
        var empty = Heap.Bytes();

        await ReadAsync(client, gitHub, 0, LoadForm.Keys / 2);
        var (half, timers) = (Heap.Bytes(), Timer.ActiveCount);
        await ReadAsync(client, gitHub, LoadForm.Keys / 2, LoadForm.Keys);
        var full = Heap.Bytes();

        var perKey = (full - half) / (LoadForm.Keys / 2.0);
        var (kept, entries) = await CountKeptAsync(client);
        report.Add(
            11,
            $"{LoadForm.Keys:N0} distinct keys through a cache of {CacheBytes >> 20} MiB",
            "bounded by the size limit; single-flight table returns to 0; nothing leaked per key",
            $"{kept:N0} keys kept, which weigh {entries / 1048576.0:0.0} MiB by the cache's own count at least; heap {(half - empty) / 1048576.0:0.0} MiB above empty after half of the keys, {(full - empty) / 1048576.0:0.0} MiB after all ({perKey:0.0} B a key)");
        kept.Should().BePositive();
        entries.Should().BeLessThanOrEqualTo(CacheBytes);
        perKey.Should().BeLessThan(MostBytesAKey);
        Timer.ActiveCount.Should().BeLessThanOrEqualTo(timers + 10);
        (full - empty).Should().BeLessThan(6 * CacheBytes, "what the cache counts is the content; the dictionary around it is of the same order");
    });

    private static Task ReadAsync(LoadClient client, FakeGitHub gitHub, int from, int to) =>
        Parallel.ForEachAsync(Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (number, token) =>
        {
            var tree = await client.GitHub.GetCachedTreeAsync(RepositoryOf(number), "main", token);
            tree.Tree.Count.Should().Be(1);
            if (number % 4096 == 0)
            {
                // The fake's log of requests is none of the client's memory.
                gitHub.ClearRequests();
            }
        });

    private static async Task<(int Keys, long Bytes)> CountKeptAsync(LoadClient client)
    {
        var (keys, bytes) = (0, 0L);
        for (var number = 0; number < LoadForm.Keys; number++)
        {
            if (await client.GitHub.FindCachedTreeAsync(RepositoryOf(number), "main", TestContext.Current.CancellationToken) is { } found)
            {
                (keys, bytes) = (keys + 1, bytes + LeastBytes(found.Tree));
            }
        }

        return (keys, bytes);
    }

    /// <summary>A pointer, and the paths and ids of the entries.</summary>
    private static long LeastBytes(RepositoryTree tree) => 400 + tree.Sum(entry => entry.Path.Length + 20);

    private static RepositoryRef RepositoryOf(int number) => new("acme", string.Create(CultureInfo.InvariantCulture, $"r{number}"));

    /// <summary>A tree of its own for every repository, with one file.</summary>
    private static async Task WriteTreeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var number = int.Parse(context.Request.Path.Value!.Split('/')[3].AsSpan(1), CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json; charset=utf-8";
        var json = $$"""{"sha":"{{number:x40}}","truncated":false,"tree":[{"path":"README.md","mode":"100644","type":"blob","sha":"{{number:x40}}","size":1}]}""";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json), cancellationToken);
    }
}
