using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.GitHub.Webhooks;
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

    [Fact]
    public async Task What_another_instance_asked_before_a_push_is_not_taken_from_it_after_the_push()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        var told = fleet.NewInstance();
        var asked = fleet.NewInstance(afterSend: () =>
        {
            fleet.Time.Advance(TimeSpan.FromSeconds(1));
            fleet.GitHub.Push("acme/api", FakeTree.Generate(6));
            told.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
            fleet.Time.Advance(TimeSpan.FromSeconds(1));
        });
        _ = await ReadAsync(asked);
        // The removal of the other instance may come after: what is written need not be there.
        await fleet.WritingAsync(2);

        (await ReadAsync(told)).Tree.Should().HaveCount(6);
    }

    [Fact]
    public async Task What_is_invalidated_while_its_tree_is_written_stays_gone()
    {
        await using var fleet = await Fleet.StartAsync();
        fleet.GitHub.AddRepository("acme/api", repository => repository.Tree = FakeTree.Generate(5));
        var (writing, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        fleet.Store.BeforeSet = key =>
        {
            writing.TrySetResult();
            return key.StartsWith("scm1:tree:", StringComparison.Ordinal) ? go.Task : Task.CompletedTask;
        };
        var instance = fleet.NewInstance();
        _ = await ReadAsync(instance);
        await writing.Task;
        fleet.GitHub.Push("acme/api", FakeTree.Generate(6));

        await instance.InvalidateTreeAsync(Api, "main", TestContext.Current.CancellationToken);
        go.SetResult();

        // A way to the tree would be written next.
        for (var other = 0; other < 20; other++)
        {
            _ = await instance.GetRateLimitAsync(TestContext.Current.CancellationToken);
        }

        (await ReadAsync(fleet.NewInstance())).Tree.Should().HaveCount(6);
    }

    [Fact]
    public async Task An_instance_that_has_never_heard_of_a_repository_lifts_it_by_the_id_in_the_event()
    {
        await using var fleet = await Fleet.StartAsync();
        var repository = fleet.GitHub.AddRepository("acme/api", static repository => repository.Tree = FakeTree.Generate(5));
        _ = await ScanAsync(fleet.NewInstance());
        await fleet.WrittenAsync(2);
        fleet.GitHub.Push("acme/api", FakeTree.Generate(6));

        await fleet.NewInstance().InvalidateAsync(
            new GitHubPushEvent { Name = "push", Ref = "refs/heads/main", Repository = Api, RepositoryId = repository.Id, DefaultBranch = "main" },
            TestContext.Current.CancellationToken);
        await fleet.HeldAsync(1);

        (await ScanAsync(fleet.NewInstance())).Should().ContainSingle().Which.Tree.Should().HaveCount(6);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_store_is_asked_for_several_repositories_at_a_time()
    {
        await using var fleet = await Fleet.StartAsync();
        for (var number = 1; number <= 8; number++)
        {
            fleet.GitHub.AddRepository($"acme/r{number}", repository => repository.Tree = FakeTree.Generate(5, number));
        }

        var asked = 0;
        var second = new TaskCompletionSource();
        fleet.Store.BeforeGet = _ =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                second.SetResult();
            }

            return second.Task;
        };

        (await ScanAsync(fleet.NewInstance()).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Should().HaveCount(8);
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

        public IGitHubIntegrationClient NewInstance(string token = "ghp_first", Action? afterSend = null)
        {
            var services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSingleton<IDistributedCache>(Store);
            services.AddScmIntegrations().UseDistributedCache().AddGitHub(options =>
            {
                options.ApiAddress = github.Address;
                options.UseToken(token);
                options.RateLimits.BackgroundBurst = 100_000;
            }).HttpClient.AddHttpMessageHandler(() => new ToldHandler(afterSend));
            var instance = services.BuildServiceProvider();
            lock (_instances)
            {
                _instances.Add(instance);
            }

            return instance.GetRequiredService<IGitHubIntegrationClient>();
        }

        /// <summary>Completes when the store has been written to so often: that is done behind the calls.</summary>
        public Task WrittenAsync(int sets) => UntilAsync(() => Store.Sets >= sets && Store.Values.Count >= Math.Min(sets, Store.Sets));

        /// <summary>Completes when so many writes have come to the store.</summary>
        public Task WritingAsync(int sets) => UntilAsync(() => Store.Sets >= sets);

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

    /// <summary>Says when the head of an answer is there.</summary>
    private sealed class ToldHandler(Action? told) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            told?.Invoke();
            return response;
        }
    }
}
