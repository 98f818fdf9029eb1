using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>What a scan will cost is said before the first tree is asked for, and is so.</summary>
public sealed class ScanPlanTests
{
    [Fact]
    public async Task A_plan_asks_for_no_tree_and_the_scan_takes_what_it_said()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(150);
        fixture.AddRepository("acme/empty");
        var left = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);

        var plan = await PlanAsync(fixture);

        fixture.TreeRequests.Should().Be(0);
        (plan.Repositories, plan.Current, plan.ToRead, plan.ToCheck, plan.Refused, plan.Done).Should().Be((151, 1, 150, 0, 0, 0), "the empty one is known already");
        (plan.LeastRequests, plan.MostRequests, plan.Windows, plan.IsListComplete).Should().Be((150, 150, 1, true));
        (plan.Limit, plan.Remaining, plan.ResetsAt).Should().Be((5000, left.Remaining, left.ResetsAt));
        fixture.GitHub.ClearRequests();

        (await fixture.ScanAsync()).Should().HaveCount(151);

        fixture.GitHub.Requests.Should().HaveCount(150, "neither the list nor the heads are asked for again");
        left.Remaining.Should().Be(plan.RemainingAfter);
    }

    [Fact]
    public async Task A_plan_of_an_unchanged_organisation_says_that_it_costs_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.Push("acme/r003", FakeTree.Generate(7));
        fixture.AddRepository("acme/empty");

        var plan = await PlanAsync(fixture);

        (plan.Current, plan.ToRead, plan.MostRequests).Should().Be((20, 1, 1), "the empty one is known without being asked for");
    }

    [Fact]
    public async Task Without_GraphQL_the_plan_has_a_least_and_a_most()
    {
        await using var fixture = await TreeFixture.StartAsync(static options =>
        {
            options.Trees.BulkHeads = false;
            options.Trees.Stagger = new ManualStagger();
        });
        fixture.AddRepositories(20);
        _ = await fixture.ScanAsync();
        fixture.AddRepository("acme/x1", FakeTree.Generate(3));
        fixture.AddRepository("acme/x2", FakeTree.Generate(3));
        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.GitHub.Push("acme/r003", FakeTree.Generate(7));
        var plan = await PlanAsync(fixture);
        var left = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        var before = left.Remaining;

        _ = await fixture.ScanAsync();

        (plan.ToRead, plan.ToCheck, plan.LeastRequests, plan.MostRequests).Should().Be((2, 20, 2, 42));
        (before - left.Remaining).Should().Be(4, "two are new, and one has moved").And.BeInRange(plan.LeastRequests, plan.MostRequests);
    }

    [Fact]
    public async Task A_scan_that_the_limit_does_not_allow_takes_windows_and_keeps_the_reserve()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(100);
        var left = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        left.Limit = 250;
        left.Remaining = 231;

        var plan = await PlanAsync(fixture);
        var checkpoint = new TreeScanCheckpoint();
        var first = await fixture.ScanAsync(new() { Checkpoint = checkpoint, Concurrency = 1 });

        // 230 after the list, of which 200 and a margin for what is under way are left: 30 now, and 50 in each window.
        plan.Windows.Should().Be(3);
        plan.RemainingAfter.Should().Be(plan.Reserved).And.BeInRange(200, 203);
        plan.EndsAt.Should().BeOnOrAfter(left.ResetsAt.AddHours(1)).And.BeBefore(left.ResetsAt.AddHours(2));
        first.Count(result => result.Status is TreeStatus.Fetched).Should().BeInRange(27, 30);
        left.Remaining.Should().BeInRange(200, 203);
    }

    [Fact]
    public async Task What_a_checkpoint_says_is_done_costs_nothing()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var checkpoint = new TreeScanCheckpoint();
        foreach (var repository in fixture.AddRepositories(15).Take(4))
        {
            checkpoint.Add(repository.Id);
        }

        var plan = await fixture.Client.PlanScanAsync(new() { Checkpoint = checkpoint }, TestContext.Current.CancellationToken);

        (plan.Repositories, plan.Done, plan.ToRead).Should().Be((15, 4, 11));
    }

    [Fact]
    public async Task The_pace_of_background_work_is_in_the_end()
    {
        await using var fixture = await TreeFixture.StartAsync(static options =>
            (options.RateLimits.BackgroundBurst, options.RateLimits.BackgroundRequestsPerSecond) = (10, 2));
        fixture.AddRepositories(50);

        var plan = await PlanAsync(fixture);

        plan.EndsAt.Should().Be(fixture.Time.GetUtcNow() + TimeSpan.FromSeconds(20), "40 beyond the burst at two a second");
    }

    [Fact]
    public async Task A_list_that_cannot_be_had_is_no_plan()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.UserRepositories).Answer(Answers.PermissionDenied());

        await fixture.Awaiting(PlanAsync).Should().ThrowAsync<ScmPermissionException>();
    }

    [Fact]
    public async Task A_list_that_ends_early_is_said_to()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => (options.PageSize, options.MaxPages) = (2, 1));
        fixture.AddRepositories(5);

        var plan = await PlanAsync(fixture);

        (plan.Repositories, plan.IsListComplete).Should().Be((2, false));
    }

    private static Task<TreeScanPlan> PlanAsync(TreeFixture fixture) => fixture.Client.PlanScanAsync(cancellationToken: TestContext.Current.CancellationToken);
}
