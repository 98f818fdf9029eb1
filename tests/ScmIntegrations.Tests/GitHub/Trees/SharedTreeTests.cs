using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;
using ScmIntegrations.Tests.Sharing;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Instances share trees and where refs lead; GitHub is asked once for all of them.</summary>
public sealed class SharedTreeTests
{
    private static readonly RepositoryRef Api = new("acme/api");

    [Fact]
    public async Task What_one_instance_has_read_another_finds()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(500));
        var read = await ReadAsync(fleet.NewInstance());
        await fleet.WrittenAsync(2);

        var found = await ReadAsync(fleet.NewInstance());

        fleet.TreeRequests.Should().Be(1);
        found.Status.Should().Be(TreeStatus.Cached);
        (found.FetchedAt, found.ExpiresAt, found.Source, found.Tree.Sha).Should().Be((read.FetchedAt, read.ExpiresAt, read.Source, read.Tree.Sha));
        found.Tree.Should().Equal(read.Tree);
    }

    [Fact]
    public async Task That_a_repository_is_empty_is_shared_as_well()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api");
        _ = await ReadAsync(fleet.NewInstance());
        await fleet.WrittenAsync(1);

        (await ReadAsync(fleet.NewInstance())).Status.Should().Be(TreeStatus.Empty);

        fleet.TreeRequests.Should().Be(1);
    }

    [Fact]
    public async Task A_restarted_instance_scans_without_reading_a_tree()
    {
        await using var fleet = await Fleet.StartAsync();
        for (var number = 1; number <= 30; number++)
        {
            fleet.GitHub.AddRepository($"acme/r{number}", repository => repository.Tree = FakeTree.Generate(5, number));
        }

        (await ScanAsync(fleet.NewInstance())).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);
        await fleet.WrittenAsync(60);
        fleet.GitHub.ClearRequests();

        (await ScanAsync(fleet.NewInstance())).Should().HaveCount(30).And.OnlyContain(result => result.Status == TreeStatus.Cached && result.Outcome == null);

        fleet.GitHub.Requests.Should().ContainSingle("the list").Which.Path.Should().Be(TreeFixture.UserRepositories);
    }

    [Fact]
    public async Task A_restarted_instance_asks_only_whether_what_has_expired_has_moved()
    {
        await using var fleet = await Fleet.StartAsync();
        for (var number = 1; number <= 30; number++)
        {
            fleet.GitHub.AddRepository($"acme/r{number}", repository => repository.Tree = FakeTree.Generate(5, number));
        }

        _ = await ScanAsync(fleet.NewInstance());
        await fleet.WrittenAsync(60);
        fleet.Time.Advance(TimeSpan.FromHours(48));
        fleet.GitHub.Push("acme/r7", FakeTree.Generate(6));
        fleet.GitHub.ClearRequests();

        var results = await ScanAsync(fleet.NewInstance());

        results.Count(result => result.Status is TreeStatus.Cached).Should().Be(29);
        fleet.GitHub.Requests.Should().HaveCount(3, "the list, the heads and the one tree");
    }

    [Fact]
    public async Task What_was_invalidated_here_is_not_taken_back_from_there()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        var instance = fleet.NewInstance();
        _ = await ReadAsync(instance);
        await fleet.WrittenAsync(2);
        fleet.GitHub.Push("acme/api", FakeTree.Generate(6));

        // The store has not heard of it yet: it holds what it is told to forget.
        var held = fleet.Store.Values.ToArray();
        await instance.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        foreach (var (key, value) in held)
        {
            fleet.Store.Values[key] = value;
        }

        (await ReadAsync(instance)).Tree.Should().HaveCount(6);
    }

    [Fact]
    public async Task What_is_invalidated_is_gone_for_the_others_too()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        var instance = fleet.NewInstance();
        _ = await ReadAsync(instance);
        await fleet.WrittenAsync(2);
        fleet.GitHub.Push("acme/api", FakeTree.Generate(6));

        await instance.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        await fleet.HeldAsync(1);

        (await ReadAsync(fleet.NewInstance())).Tree.Should().HaveCount(6);
    }

    [Theory]
    [InlineData("Stalls")]
    [InlineData("Refuses")]
    [InlineData("Blocks")]
    public async Task A_store_that_is_down_fails_nothing(string mood)
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        fleet.Store.Is = Enum.Parse<ScriptedCache.Mood>(mood);

        var reading = ReadAsync(fleet.NewInstance());
        if (fleet.Store.Is is not ScriptedCache.Mood.Refuses)
        {
            await fleet.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
            fleet.Time.Advance(TimeSpan.FromMilliseconds(250));
        }

        (await reading).Status.Should().Be(TreeStatus.Fetched);
    }

    [Fact]
    public async Task What_does_not_read_as_a_tree_is_read_from_GitHub()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        _ = await ReadAsync(fleet.NewInstance());
        await fleet.WrittenAsync(2);
        foreach (var (key, value) in fleet.Store.Values.ToArray())
        {
            fleet.Store.Values[key] = [.. value.Select(part => (byte)~part)];
        }

        (await ReadAsync(fleet.NewInstance())).Tree.Should().HaveCount(5);

        fleet.TreeRequests.Should().Be(2);
    }

    [Fact]
    public async Task One_credentials_trees_are_not_anothers()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        _ = await ReadAsync(fleet.NewInstance());
        await fleet.WrittenAsync(2);

        (await ReadAsync(fleet.NewInstance("ghp_second"))).Status.Should().Be(TreeStatus.Fetched);
    }

    private static Task<CachedTree> ReadAsync(IGitHubIntegrationClient client) => client.GetCachedTreeAsync(Api, "main", TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<TreeScanResult>> ScanAsync(IGitHubIntegrationClient client)
    {
        var results = new List<TreeScanResult>();
        await foreach (var result in client.ScanTreesAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Any number of instances of a service over one store and one GitHub.</summary>
    private sealed class Fleet(FakeGitHub github, ManualTimeProvider time) : IAsyncDisposable
    {
        private readonly List<ServiceProvider> _instances = [];

        public FakeGitHub GitHub => github;

        public ManualTimeProvider Time => time;

        public ScriptedCache Store { get; } = new();

        public int TreeRequests => github.Count(HttpMethod.Get, TreeFixture.Trees);

        public static async Task<Fleet> StartAsync()
        {
            var time = new ManualTimeProvider();
            var github = await FakeGitHub.StartAsync(options => options.TimeProvider = time, TestContext.Current.CancellationToken);
            github.AddToken("ghp_first", TreeFixture.Login);
            github.AddToken("ghp_second", "hubot");
            return new(github, time);
        }

        public IGitHubIntegrationClient NewInstance(string token = "ghp_first")
        {
            var services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSingleton<IDistributedCache>(Store);
            services.AddScmIntegrations().UseDistributedCache().AddGitHub(options =>
            {
                options.ApiAddress = github.Address;
                options.UseToken(token);
                options.RateLimits.BackgroundBurst = 100_000;
            });
            var instance = services.BuildServiceProvider();
            lock (_instances)
            {
                _instances.Add(instance);
            }

            return instance.GetRequiredService<IGitHubIntegrationClient>();
        }

        /// <summary>Completes when the store has been written to so often: that is done behind the calls.</summary>
        public Task WrittenAsync(int sets) => UntilAsync(() => Store.Sets >= sets && Store.Values.Count >= Math.Min(sets, Store.Sets));

        /// <summary>Completes when the store holds no more than so many values.</summary>
        public Task HeldAsync(int values) => UntilAsync(() => Store.Values.Count <= values);

        public async ValueTask DisposeAsync()
        {
            foreach (var instance in _instances)
            {
                await instance.DisposeAsync();
            }

            await github.DisposeAsync();
            Store.Dispose();
        }

        private static async Task UntilAsync(Func<bool> holds)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!holds())
            {
                patience.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }
}
