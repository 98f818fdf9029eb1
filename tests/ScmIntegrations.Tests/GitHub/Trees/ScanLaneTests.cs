using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>A scan is background work: paced, held back for the sake of others, and never in anybody's way.</summary>
public sealed class ScanLaneTests
{
    [Fact]
    public async Task A_scan_goes_at_the_pace_of_background_work()
    {
        await using var fixture = await StartPacedAsync(burst: 4);
        var scan = fixture.ScanAsync(new() { Concurrency = 2 });

        for (var fetched = 4; fetched <= 8; fetched++)
        {
            await fixture.WaitForEndsAsync("get_tree", fetched);
            await fixture.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(1001), TestContext.Current.CancellationToken);
            fixture.TreeRequests.Should().Be(fetched);
            fixture.Time.Advance(TimeSpan.FromMilliseconds(1001));
        }

        fixture.Time.Advance(TimeSpan.FromSeconds(3));
        (await scan).Should().HaveCount(10).And.OnlyContain(result => result.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task Somebody_who_asks_for_a_repository_that_a_scan_has_yet_to_reach_does_not_wait_for_its_turn()
    {
        await using var fixture = await StartPacedAsync(burst: 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var scan = fixture.Client.ScanTreesAsync(new() { Concurrency = 8 }, stop.Token).GetAsyncEnumerator(stop.Token);
        await scan.MoveNextAsync();
        var next = scan.MoveNextAsync().AsTask();
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);

        for (var number = 1; number <= 10; number++)
        {
            (await fixture.Client.GetCachedTreeAsync(new RepositoryRef($"acme/r{number:D3}"), cancellationToken: TestContext.Current.CancellationToken)).Tree.Count.Should().BePositive();
        }

        // The scan may have come upon what the others fetched by now, or still wait for its turn.
        await stop.CancelAsync();
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_scan_that_is_stopped_while_it_waits_for_its_turn_leaves_no_timer()
    {
        await using var fixture = await StartPacedAsync(burst: 1);
        using var stop = new CancellationTokenSource();
        await using var scan = fixture.Client.ScanTreesAsync(new() { Concurrency = 8 }, stop.Token).GetAsyncEnumerator(stop.Token);
        await scan.MoveNextAsync();
        var next = scan.MoveNextAsync().AsTask();
        await fixture.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => next).Should().ThrowAsync<OperationCanceledException>();
        fixture.Time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public async Task A_scan_leaves_what_others_will_need_until_the_reset()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(5);
        var bucket = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        for (var minute = 0; minute < 15; minute++)
        {
            // Somebody else's tool takes one a second.
            _ = await fixture.ListAsync();
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
            bucket.Remaining -= 60;
        }

        bucket.Remaining.Should().BeGreaterThan(4000);
        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);
        fixture.AddRepository("acme/new");
        fixture.Time.Advance(TimeSpan.FromMinutes(6));
        bucket.Remaining = 2500;

        var skipped = (await fixture.ScanAsync()).Should().ContainSingle(result => result.Status == TreeStatus.Skipped).Which;

        skipped.Error.Should().BeOfType<ScmRateLimitException>().Which.RetryAt.Should().Be(bucket.ResetsAt);
        skipped.Error!.Message.Should().StartWith("Not asked: 2499 of 5000 requests are left until ").And.Contain("of others a second");
        (await fixture.Client.GetCachedTreeAsync(new RepositoryRef("acme/new"), cancellationToken: TestContext.Current.CancellationToken)).Status.Should().Be(TreeStatus.Empty, "whoever waits for it is served");
    }

    [Fact]
    public async Task What_a_scan_sends_is_nobodys_need()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(50);
        fixture.AddRepository("acme/large", FakeTree.Generate(500)).TruncateAbove = 10;
        for (var minute = 0; minute < 12; minute++)
        {
            _ = await fixture.ScanAsync();
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
        }

        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 2;
        fixture.AddRepository("acme/new");
        fixture.Time.Advance(TimeSpan.FromMinutes(6));

        var skipped = (await fixture.ScanAsync()).First(result => result.Repository.Name is "new");
        skipped.Error!.Message.Should().Contain("what 0 of ours and ", "the list, the trees and their folders are all background work");
    }

    [Fact]
    public async Task At_the_end_of_a_quiet_window_the_floor_is_not_left_over()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var bucket = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        bucket.Remaining = 150;
        for (var minute = 0; minute < 59; minute++)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
            _ = await fixture.ListAsync();
        }

        fixture.AddRepositories(10);
        fixture.Time.Advance(TimeSpan.FromSeconds(50));

        (await fixture.ScanAsync(new() { Concurrency = 1 })).Should().OnlyContain(result => result.Status == TreeStatus.Fetched, "about a hundred are left, and ten seconds to use them");
    }

    private static async Task<TreeFixture> StartPacedAsync(int burst)
    {
        var fixture = await TreeFixture.StartAsync(options =>
        {
            options.Trees.BulkHeads = false;
            (options.RateLimits.BackgroundBurst, options.RateLimits.BackgroundRequestsPerSecond) = (burst, 1);
        });
        fixture.AddRepositories(10);
        return fixture;
    }
}
