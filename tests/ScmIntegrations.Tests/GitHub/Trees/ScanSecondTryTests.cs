using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Trees;

/// <summary>What failed in passing is tried once more at the end.</summary>
public sealed class ScanSecondTryTests
{
    private const string First = "/repos/acme/r001/git/trees/{sha}";

    [Fact]
    public async Task A_repository_that_fails_three_times_and_then_answers_is_fetched_at_the_end()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(5);
        fixture.GitHub.When(HttpMethod.Get, First).Times(3).Answer(Answers.ServerError(500));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Should().HaveCount(5).And.OnlyContain(result => result.Status == TreeStatus.Fetched && result.Outcome == InteractionOutcome.Success);
        results[^1].Repository.Name.Should().Be("r001");
        fixture.Outcomes("get_tree").Count(outcome => outcome is "failure").Should().Be(1);
        fixture.TreeRequests.Should().Be(4 + 4);
    }

    [Fact]
    public async Task A_repository_that_goes_on_failing_is_unavailable_after_one_more_try()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(5);
        fixture.GitHub.When(HttpMethod.Get, First).Answer(Answers.ServerError(500));

        var results = await fixture.ScanAsync();

        results.Should().HaveCount(5);
        results.Single(result => result.Status is TreeStatus.Unavailable).Repository.Name.Should().Be("r001");
        fixture.GitHub.Count(HttpMethod.Get, First).Should().Be(6);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(409)]
    public async Task What_asking_again_cannot_change_is_not_tried_again(int status)
    {
        // By branch: a commit that is not found is asked for by its branch.
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.BulkHeads = false);
        fixture.AddRepositories(5);
        fixture.GitHub.When(HttpMethod.Get, First).Answer(Answers.GitHubError(status, "No."));

        _ = await fixture.ScanAsync();

        fixture.GitHub.Count(HttpMethod.Get, First).Should().Be(1);
    }

    [Fact]
    public async Task There_is_no_second_try_while_the_circuit_is_open()
    {
        await using var fixture = await TreeFixture.StartAsync(static options =>
            (options.Resilience.CircuitMinimumThroughput, options.Resilience.CircuitFailureRatio) = (4, 0.5));
        fixture.AddRepositories(3);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.ServerError(500));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Should().HaveCount(3);
        fixture.TreeRequests.Should().Be(3 * 3);
        fixture.Outcomes("get_tree").Count(outcome => outcome is "started").Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task There_is_no_second_try_when_the_retry_budget_is_spent()
    {
        // 500 tokens pay for 35 retries of 14; 18 repositories with two retries each would take 36.
        await using var fixture = await TreeFixture.StartAsync(static options => options.Trees.MaxConnectionErrors = 100);
        fixture.AddRepositories(18);
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.ServerError(500));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        results.Should().HaveCount(18).And.OnlyContain(result => result.Status == TreeStatus.Unavailable && result.Outcome == InteractionOutcome.Failure);
        fixture.TreeRequests.Should().Be(18 + 35);
    }

    [Fact]
    public async Task A_repository_that_failed_keeps_its_own_error_when_the_second_try_is_stopped()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        fixture.GitHub.When(HttpMethod.Get, First).Times(3).Answer(Answers.ServerError(500));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r002/git/trees/{sha}").Times(3).Answer(Answers.ServerError(500));
        fixture.GitHub.When(HttpMethod.Get, First).Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(5)));

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        var second = results.Single(result => result.Repository.Name is "r002");
        second.Status.Should().Be(TreeStatus.Unavailable);
        second.Error.Should().BeOfType<ScmServerException>();
        second.Outcome.Should().Be(InteractionOutcome.Failure);
    }

    [Fact]
    public async Task A_second_try_that_is_refused_unsent_does_not_make_a_repository_skipped()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(2);
        fixture.GitHub.When(HttpMethod.Get, First).Answer(Answers.ServerError(500));
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Description).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));
        fixture.BeforeSend = async (request, token) =>
        {
            // Somebody else meets a limit while the last tree of the first round is under way.
            if (request.RequestUri!.AbsolutePath.StartsWith("/repos/acme/r002/git", StringComparison.Ordinal))
            {
                await fixture.Client.Invoking(client => client.GetRepositoryAsync(new("acme/r001"), token)).Should().ThrowAsync<ScmRateLimitException>();
            }
        };

        var results = await fixture.ScanAsync(new() { Concurrency = 1 });

        var failed = results.Single(result => result.Repository.Name is "r001");
        failed.Status.Should().Be(TreeStatus.Unavailable, "it was asked");
        failed.Error.Should().BeOfType<ScmServerException>();
        fixture.GitHub.Count(HttpMethod.Get, First).Should().Be(3);
    }
}
