using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>When a scan stops asking and reads the cache only.</summary>
public sealed class ScanBrakeTests
{
    [Fact]
    public async Task A_scan_leaves_the_floor_to_others()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(10);
        var bucket = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        bucket.Remaining = 205;

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        bucket.Remaining.Should().Be(200);
        results.Where(result => result.Status is TreeStatus.Fetched).Should().HaveCount(4, "the list took one of the five");
        var skipped = results.Where(result => result.Status is TreeStatus.Skipped).ToList();
        skipped.Should().HaveCount(6).And.OnlyContain(result => result.Outcome == null && result.Error!.RetryAt == bucket.ResetsAt);
        skipped[0].Error.Should().BeOfType<ScmRateLimitException>().Which.Message.Should().Contain("200 of 5000");
    }

    [Fact]
    public async Task Below_the_floor_the_cache_is_read_all_the_same()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        _ = await fixture.ScanAsync();
        fixture.AddRepository("acme/new", FakeTree.Generate(5));
        fixture.Time.Advance(TimeSpan.FromMinutes(6));
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 10;

        var results = await fixture.ScanAsync();

        results.Select(result => result.Status).Should().BeEquivalentTo([TreeStatus.Cached, TreeStatus.Cached, TreeStatus.Cached, TreeStatus.Skipped]);
    }

    [Fact]
    public async Task The_floor_is_lifted_when_the_window_ends()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 10;
        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Skipped);

        fixture.Time.Advance(TimeSpan.FromHours(1));

        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task A_floor_of_none_uses_the_limit_up_and_no_further()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.RequestFloor = 0);
        fixture.AddRepositories(10);
        fixture.GitHub.RateLimits.ForUser(TreeFixture.Login).Remaining = 4;

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Count(result => result.Status is TreeStatus.Fetched).Should().Be(3);
        fixture.GitHub.Requests.Should().OnlyContain(request => request.Status == 200, "the limit itself was never met");
    }

    [Fact]
    public async Task What_is_left_to_the_App_itself_says_nothing_of_its_installation()
    {
        await using var fixture = await TreeFixture.StartAsync(static (options, github) =>
        {
            var app = github.AddApp(1, "Iv23liTheApp");
            github.AddInstallation(app, 7, "acme");
            options.UseInstallation(app.ClientId, app.PrivateKeyPem, 7);
        });
        fixture.AddRepositories(3);
        fixture.GitHub.RateLimits.For("app:1").Remaining = 5;

        (await fixture.ScanAsync()).Should().OnlyContain(result => result.Status == TreeStatus.Fetched);
    }

    [Fact]
    public async Task Ten_repositories_that_fail_on_the_connection_stop_the_asking()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(15);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AnswerInTurn(Answers.ServerError(500), Answers.Reset(), Answers.ServerError(503));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Should().HaveCount(15);
        results.Where(result => result.Status is TreeStatus.Unavailable).Should().HaveCount(10).And.OnlyContain(result => result.Outcome == InteractionOutcome.Failure);
        results.Where(result => result.Status is TreeStatus.Skipped).Should().HaveCount(5).And.OnlyContain(result => result.Outcome == null && result.Error!.Message.StartsWith("Not asked: "));
        fixture.TreeRequests.Should().Be(30, "each was tried three times, and nothing got a second try");
    }

    [Fact]
    public async Task Nine_repositories_that_fail_on_the_connection_do_not()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var served = fixture.AddRepositories(15);
        var failing = served.Take(9).Select(repository => $"/repos/{repository.FullName}/").ToArray();
        fixture.GitHub.When(request => failing.Any(start => request.Path.StartsWith(start, StringComparison.Ordinal))).Answer(Answers.ServerError(500));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Count(result => result.Status is TreeStatus.Fetched).Should().Be(6);
        results.Count(result => result.Status is TreeStatus.Unavailable).Should().Be(9);
    }

    [Fact]
    public async Task What_is_no_trouble_of_the_connection_never_stops_the_asking()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxConnectionErrors = 1);
        var served = fixture.AddRepositories(60);
        var answers = new[] { Answers.EmptyRepository(), Answers.NotFound(), Answers.PermissionDenied(), Answers.Conflict(), Answers.Html200() };
        for (var number = 0; number < 50; number++)
        {
            fixture.GitHub.When(HttpMethod.Get, $"/repos/{served[number].FullName}/git/trees/{{sha}}").Answer(answers[number % answers.Length]);
        }

        var results = await fixture.ScanAsync();

        results.CountBy(result => result.Status).Should().BeEquivalentTo(
            new Dictionary<TreeStatus, int> { [TreeStatus.Empty] = 10, [TreeStatus.Unavailable] = 40, [TreeStatus.Fetched] = 10 });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_limit_in_the_middle_ends_the_asking_at_once(bool isPrimary)
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.Stagger = new ManualStagger());
        var repositories = fixture.AddRepositories(10);
        _ = await fixture.ScanAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        foreach (var repository in repositories)
        {
            repository.Push(FakeTree.Generate(6));
        }

        fixture.GitHub.AddRepository("acme/x1", repository => repository.Tree = FakeTree.Generate(5));
        fixture.GitHub.AddRepository("acme/x2", repository => repository.Tree = FakeTree.Generate(5));
        fixture.GitHub.ClearRequests();
        var wait = TimeSpan.FromMinutes(20);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).AfterRequests(3).Answer(isPrimary ? Answers.PrimaryRateLimit(wait) : Answers.SecondaryRateLimit(wait));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        fixture.TreeRequests.Should().Be(4, "three were answered, and the fourth met the limit");
        results.Should().HaveCount(12);
        results.CountBy(result => result.Status).Should().BeEquivalentTo(
            new Dictionary<TreeStatus, int> { [TreeStatus.Fetched] = 3, [TreeStatus.Stale] = 7, [TreeStatus.Skipped] = 2 });
        var retryAt = fixture.Time.GetUtcNow() + wait;
        results.Where(result => result.Status is not TreeStatus.Fetched).Should().OnlyContain(result =>
            result.Error is ScmRateLimitException && result.Error.RetryAt >= retryAt && result.Error.RetryAt <= retryAt.AddSeconds(1));
        results.Count(result => result.Outcome is InteractionOutcome.Halted).Should().Be(1);
    }

    [Fact]
    public async Task A_limit_met_by_many_at_once_is_met_by_no_more_than_were_under_way()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(50);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));

        var results = await fixture.ScanAsync(new() { Concurrency = 4 });

        fixture.TreeRequests.Should().BeInRange(1, 4);
        results.Should().HaveCount(50).And.OnlyContain(result => result.Error is ScmRateLimitException && result.Error.RetryAt != null);
    }

    [Fact]
    public async Task A_refused_credential_ends_the_asking()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(10);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.BadCredentials());

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        fixture.TreeRequests.Should().Be(1);
        results.Count(result => result.Status is TreeStatus.Skipped).Should().Be(9);
    }

    [Fact]
    public async Task An_open_circuit_ends_the_asking()
    {
        await using var fixture = await TreeFixture.StartAsync(static options => options.Resilience.CircuitMinimumThroughput = 5);
        fixture.AddRepositories(10);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.ServerError(500));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        fixture.TreeRequests.Should().Be(4 * 3, "the list and four calls of three attempts are five calls");
        results.Should().HaveCount(10);
        results.Where(result => result.Status is TreeStatus.Skipped).Should().NotBeEmpty().And.OnlyContain(result => result.Error!.RetryAt != null);
    }
}
