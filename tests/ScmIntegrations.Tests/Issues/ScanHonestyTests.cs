using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Trees;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Issues;

/// <summary>A scan says of each repository what became of it, not of its neighbours.</summary>
public sealed class ScanHonestyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Nine_broken_repositories_do_not_cost_the_other_thirty_one(int concurrency)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(40);
        for (var broken = 1; broken <= 9; broken++)
        {
            fixture.GitHub.When(HttpMethod.Get, $"/repos/acme/r{broken:000}/git/trees/{{sha}}").Answer(Answers.ServerError(502));
        }

        var results = await fixture.ScanAsync(new() { Concurrency = concurrency });

        results.Count(result => result.Status is TreeStatus.Fetched).Should().Be(31);
        results.Where(result => result.Status is not TreeStatus.Fetched).Should().HaveCount(9)
            .And.OnlyContain(result => result.Status == TreeStatus.Unavailable && result.Error is ScmServerException);
    }

    [Fact]
    public async Task A_repository_that_was_answered_keeps_its_answer_when_a_limit_stops_its_retry()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(1);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r001/git/trees/{sha}").AnswerInTurn(
            Answers.ServerError(502),
            Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));
        fixture.GitHub.When(HttpMethod.Get, "/rate_limit").Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));
        var limited = false;
        fixture.BeforeSend = async (request, cancellationToken) =>
        {
            // Between the two attempts another caller meets the limit.
            if (!limited && request.RequestUri!.AbsolutePath.Contains("/git/trees/", StringComparison.Ordinal))
            {
                limited = true;
                await fixture.Awaiting(one => one.Client.GetRateLimitAsync(cancellationToken)).Should().ThrowAsync<ScmRateLimitException>();
            }
        };

        var result = (await fixture.ScanAsync()).Should().ContainSingle().Subject;

        result.Status.Should().Be(TreeStatus.Unavailable);
        result.Error.Should().BeOfType<ScmServerException>();
    }

    [Fact]
    public async Task A_scan_under_a_closed_gate_makes_no_call_and_claims_none()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(3);
        await fixture.ListAsync();
        fixture.GitHub.When(HttpMethod.Get, TreeFixture.Trees).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(3)));
        await fixture.ScanAsync(new() { Concurrency = 1 });
        var before = fixture.Outcomes("get_tree").Count;

        var results = await fixture.ScanAsync();

        results.Should().HaveCount(3).And.OnlyContain(result => result.Status == TreeStatus.Skipped && result.Outcome == null && result.Error!.RetryAt != null);
        fixture.Outcomes("get_tree").Should().HaveCount(before);
    }

    [Fact]
    public async Task A_server_that_said_when_to_come_back_is_not_asked_again_before()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.AddRepositories(2);
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/r001/git/trees/{sha}").Answer(Answers.ServerError(503).WithHeader("Retry-After", "600"));

        var results = await fixture.ScanAsync();

        results.Should().ContainSingle(result => result.Status == TreeStatus.Unavailable);
        fixture.GitHub.Count(HttpMethod.Get, "/repos/acme/r001/git/trees/{sha}").Should().Be(1);
    }
}
