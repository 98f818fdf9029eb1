using System.Collections.Concurrent;
using ScmIntegrations.Caching;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>Whoever reads a scan may be slow, leave early, cancel or throw.</summary>
public sealed class ScanConsumerTests
{
    // Work that does not end hangs the reader's own disposal; then the test is to fail, not to hang too.
    private const int Hang = 60_000;

    [Fact]
    public async Task Progress_rises_one_by_one_to_the_total()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(25);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r003/git/trees/{sha}").Times(3).Answer(Answers.ServerError(500));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r004/git/trees/{sha}").Answer(Answers.NotFound());
        var progress = new Recorder();

        var results = await fixture.ScanAsync(new() { Progress = progress });

        progress.Reported.Select(one => one.Total).Should().OnlyContain(total => total == 25);
        progress.Reported.Select(one => one.Done).Should().Equal(Enumerable.Range(1, 25));
        progress.Reported.Select(one => one.Latest).Should().Equal(results);
    }

    [Fact]
    public async Task A_slow_reader_holds_the_scan_back()
    {
        const int Concurrency = 2;
        const int Ahead = Concurrency + Concurrency; // in the channel, and waiting to get in
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(60);
        await using var scan = fixture.Client.ScanTreesAsync(new() { Concurrency = Concurrency }, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        for (var read = 1; read <= 60; read++)
        {
            (await scan.MoveNextAsync()).Should().BeTrue();
            if (read is 1 or 10 or 30)
            {
                await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, TreeFixture.Trees, read + Ahead, TestContext.Current.CancellationToken);

                // A scan that ran ahead would have the time to do so while these are answered.
                for (var other = 0; other < 20; other++)
                {
                    _ = await fixture.Client.GetRateLimitAsync(TestContext.Current.CancellationToken);
                }

                fixture.TreeRequests.Should().Be(read + Ahead);
            }
        }

        (await scan.MoveNextAsync()).Should().BeFalse();
    }

    [Fact(Timeout = Hang)]
    public async Task A_reader_that_leaves_ends_the_work()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(40);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AfterRequests(1).Answer(Answers.Stall());

        await foreach (var result in fixture.Client.ScanTreesAsync(new() { Concurrency = 4 }, TestContext.Current.CancellationToken))
        {
            result.Status.Should().Be(TreeStatus.Fetched);
            await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, TreeFixture.Trees, 5, TestContext.Current.CancellationToken);
            break;
        }

        await fixture.WaitForEndsAsync("get_tree", 5);
        fixture.TreeRequests.Should().Be(5);
        fixture.Outcomes("get_tree").Count(outcome => outcome is "halted").Should().Be(4);
        fixture.Outcomes("get_tree").Count(outcome => outcome is "started").Should().Be(5);
    }

    [Fact(Timeout = Hang)]
    public async Task A_reader_that_leaves_while_results_wait_ends_the_work()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(40);

        await foreach (var result in fixture.Client.ScanTreesAsync(new() { Concurrency = 2 }, TestContext.Current.CancellationToken))
        {
            await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, TreeFixture.Trees, 5, TestContext.Current.CancellationToken);
            break;
        }

        fixture.TreeRequests.Should().Be(5);
    }

    [Fact(Timeout = Hang)]
    public async Task A_reader_that_throws_ends_the_work()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(40);
        var scanning = async Task () =>
        {
            await foreach (var result in fixture.Client.ScanTreesAsync(new() { Concurrency = 2 }, TestContext.Current.CancellationToken))
            {
                throw new InvalidOperationException("The reader's own.");
            }
        };

        await scanning.Should().ThrowAsync<InvalidOperationException>().WithMessage("The reader's own.");

        fixture.TreeRequests.Should().BeLessThanOrEqualTo(5);
    }

    [Fact(Timeout = Hang)]
    public async Task Cancelling_surfaces_with_the_readers_own_token()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(40);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AfterRequests(3).Answer(Answers.Stall());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var read = 0;
        var scanning = async Task () =>
        {
            await foreach (var result in fixture.Client.ScanTreesAsync(cancellationToken: cancellation.Token))
            {
                read++;
            }
        };
        var scan = Task.Run(scanning, TestContext.Current.CancellationToken);
        await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, TreeFixture.Trees, 11, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        (await scan.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        await fixture.WaitForEndsAsync("get_tree", 11);
        fixture.Outcomes("get_tree").Should().NotContain("failure");
    }

    [Fact(Timeout = Hang)]
    public async Task Cancelling_while_the_list_is_read_surfaces_too()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Once().Answer(Answers.Stall());
        using var cancellation = new CancellationTokenSource();
        await using var scan = fixture.Client.ScanTreesAsync(cancellationToken: cancellation.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = scan.MoveNextAsync().AsTask();
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        await first.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await fixture.WaitForEndsAsync("list_repositories", 1);
        fixture.Outcomes("list_repositories").Should().Equal("started", "halted");
        (await fixture.ScanAsync()).Should().HaveCount(3);
    }

    [Fact]
    public async Task Nothing_that_fails_behind_a_reader_who_left_goes_unobserved()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Observe(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Enqueue(args.Exception);
        TaskScheduler.UnobservedTaskException += Observe;
        try
        {
            await LeaveAsync();
            for (var round = 0; round < 3; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Observe;
        }

        unobserved.Where(exception => exception.ToString().Contains("unobserved/", StringComparison.Ordinal)).Should().BeEmpty();

        static async Task LeaveAsync()
        {
            await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxConnectionErrors = 1000);
            for (var number = 0; number < 30; number++)
            {
                fixture.AddRepository($"unobserved/r{number}", FakeTree.Generate(5));
            }

            fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AnswerInTurn(Answers.Real(), Answers.NotFound(), Answers.ServerError(500), Answers.Html200());
            await foreach (var result in fixture.Client.ScanTreesAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
                break;
            }

            var started = fixture.Outcomes("get_tree").Count(outcome => outcome is "started");
            await fixture.WaitForEndsAsync("get_tree", started);
        }
    }

    [Fact]
    public async Task A_stagger_that_throws_is_an_error_of_its_repository_and_stops_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ThrowingStagger());
        fixture.AddRepositories(10);

        var results = await fixture.ScanAsync();

        results.Should().HaveCount(10).And.OnlyContain(result => result.Status == TreeStatus.Unavailable && result.Error!.InnerException is NotSupportedException);
    }

    [Fact]
    public async Task A_stagger_that_throws_at_a_head_stops_nothing_either()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ThrowingStagger());
        fixture.AddRepositories(24);
        fixture.AddRepository("acme/empty");

        var results = await fixture.ScanAsync();

        fixture.GitHub.Count(HttpMethod.Post, "/graphql").Should().Be(1);
        results.Should().HaveCount(25).And.OnlyContain(result => result.Status == TreeStatus.Unavailable && result.Error!.InnerException is NotSupportedException);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trees_that_fill_the_cache_do_not_make_the_scan_ask_what_the_list_has_said(bool bulk)
    {
        await using var fixture = await TreeFixture.StartAsync(options => (options.Trees.CacheBytes, options.Trees.BulkHeads) = (1024 * 1024, bulk));
        for (var number = 1; number <= 150; number++)
        {
            fixture.AddRepository($"acme/r{number}", FakeTree.Generate(1000, number));
        }

        (await fixture.ScanAsync(new() { Concurrency = 2 })).Should().HaveCount(150).And.OnlyContain(result => result.Status == TreeStatus.Fetched);

        fixture.GitHub.Count(HttpMethod.Get, TreeFixture.Description).Should().Be(0);
    }

    private sealed class Recorder : IProgress<TreeScanProgress>
    {
        public List<TreeScanProgress> Reported { get; } = [];

        public void Report(TreeScanProgress value) => Reported.Add(value);
    }

    private sealed class ThrowingStagger : ITtlStagger
    {
        public TimeSpan Next(string key, int index, DateTimeOffset now) => throw new NotSupportedException();
    }
}
