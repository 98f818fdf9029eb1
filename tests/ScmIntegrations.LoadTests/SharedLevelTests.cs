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
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly RepositoryRef Repository = new("acme/api");

    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _upstream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asking;

    [Theory]
    [InlineData(250, false)]
    [InlineData(250, true)]
    [InlineData(2_500, false)]
    [InlineData(2_500, true)]
    public async Task Instances_that_miss_the_same_thing_ask_once_each_or_once_in_all(int callersEach, bool hasLock)
    {
        await using var gitHub = FakeGitHub.InMemory(options => options.TimeProvider = _time);
        gitHub.AddRepository(Repository.FullName, repository => repository.Tree = FakeTree.Generate(100));
        var locks = hasLock ? new MemoryLock(_time) : null;
        var store = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        await using var instances = new DisposableList<LoadClient>([.. Enumerable.Range(0, Instances).Select(_ => NewInstance(gitHub, store, locks))]);

        var starting = Callers.Start(Instances * callersEach, number => instances[number % Instances].GitHub.GetCachedTreeAsync(Repository, "main"));
        if (locks is null)
        {
            await VirtualTime.UntilAsync(() => Volatile.Read(ref _asking) == Instances);
            _upstream.SetResult();
        }
        else
        {
            // One fetches and all others wait to look again; they do so when it has written and given the lock back.
            await VirtualTime.UntilAsync(() => Volatile.Read(ref _asking) > 0 && _time.RequestedDelays.Count(delay => delay == Poll) == Instances - 1);
            _upstream.SetResult();
            await VirtualTime.UntilAsync(() => locks.Held == 0);
            _time.Advance(Poll);
        }

        var trees = await Task.WhenAll(starting);

        var (calls, most) = (gitHub.Requests.Count, hasLock ? 1 : Instances);
        report.Add(
            2,
            $"{Instances} instances of {callersEach:N0} callers, one cold key, shared second level, {(hasLock ? "with" : "without")} lock",
            hasLock ? "1 upstream call" : $"at most {most} upstream calls",
            $"{calls} upstream call{(calls > 1 ? "s" : "")}, {trees.Select(tree => tree.Tree).Distinct(ReferenceEqualityComparer.Instance).Count()} trees in memory");
        calls.Should().BeInRange(1, most);
        trees.Select(tree => tree.Tree.Sha).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        trees.Select(tree => tree.Tree).Distinct(ReferenceEqualityComparer.Instance).Should().HaveCount(Instances, "callers of one instance share its tree");
        (locks?.Held ?? 0).Should().Be(0);
    }

    private LoadClient NewInstance(FakeGitHub gitHub, IDistributedCache store, MemoryLock? locks) => new(gitHub, _time, share: builder =>
    {
        builder.UseDistributedCache().Services.AddSingleton(store);
        if (locks is not null)
        {
            builder.Services.AddSingleton<IRefreshLock>(locks);
        }
    })
    {
        BeforeSend = token =>
        {
            Interlocked.Increment(ref _asking);
            return _upstream.Task.WaitAsync(token);
        },
    };
}
