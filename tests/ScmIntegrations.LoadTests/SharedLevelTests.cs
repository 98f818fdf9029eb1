using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub;
using ScmIntegrations.LoadTests.Running;
using ScmIntegrations.Testing;

namespace ScmIntegrations.LoadTests;

/// <summary>Instances over one second level, all in this process. Two processes over PostgreSQL are in that project's tests.</summary>
public sealed class SharedLevelTests(LoadReport report)
{
    private const int Instances = 4;

    [Theory]
    [InlineData(250, false)]
    [InlineData(250, true)]
    [InlineData(2_500, false)]
    [InlineData(2_500, true)]
    public Task Instances_that_miss_the_same_thing_ask_once_each_or_once_in_all(int callersEach, bool hasLock) => VirtualTime.OnPoolAsync(async () =>
    {
        var time = new ManualTimeProvider();
        await using var gitHub = FakeGitHub.InMemory(options => options.TimeProvider = time);
        gitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(100));
        gitHub.When(HttpMethod.Get, LoadClient.Trees).Answer(Answers.Real().After(TimeSpan.FromSeconds(1)));
        var store = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        var locks = new MemoryLock(time);
        await using var services = new DisposableList<LoadClient>(
        [
            .. Enumerable.Range(0, Instances).Select(_ => new LoadClient(gitHub, time, share: builder =>
            {
                builder.UseDistributedCache().Services.AddSingleton<IDistributedCache>(store);
                if (hasLock)
                {
                    builder.Services.AddSingleton<IRefreshLock>(locks);
                }
            })),
        ]);

        var starting = Callers.Start(Instances * callersEach, number => services[number % Instances].GitHub.GetCachedTreeAsync(new RepositoryRef("acme/api"), "main"));
        var trees = await time.RunAsync(Task.WhenAll(starting));
        await VirtualTime.IdleAsync();

        var (calls, most) = (gitHub.Requests.Count, hasLock ? 1 : Instances);
        report.Add(
            2,
            $"{Instances} instances of {callersEach:N0} callers, one cold key, shared second level, {(hasLock ? "with" : "without")} lock",
            $"at most {most} upstream call{(most > 1 ? "s" : "")}",
            $"{calls} call{(calls > 1 ? "s" : "")}, {trees.Distinct(ReferenceEqualityComparer.Instance).Count()} instances of the tree");
        calls.Should().BeInRange(1, most);
        trees.Select(tree => tree.Tree.Sha).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        trees.Should().OnlyContain(tree => tree.Tree.Count == trees[0].Tree.Count);
        locks.Held.Should().Be(0);
    });
}
