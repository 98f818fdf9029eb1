using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Polling;

/// <summary>Statistics that GitHub is still computing: polled with waits, and not for ever.</summary>
public sealed class StatisticsTests
{
    private const string Path = "/repos/acme/api/stats/contributors";

    [Fact]
    public async Task A_202_is_polled_with_waits_and_given_up()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(202, "{}"));

        var error = (await fixture.Awaiting(one => one.RunAsync(octokit => octokit.Repository.Statistics.GetContributors("acme", "api"))).Should().ThrowAsync<ScmNotReadyException>()).Which;

        error.Reason.Should().Be(ErrorReason.NotReady);
        fixture.GitHub.Count(HttpMethod.Get, Path).Should().Be(7, "the retry table polls six times");
        fixture.Time.RequestedDelays.Where(delay => delay >= TimeSpan.FromSeconds(1) && delay <= TimeSpan.FromSeconds(10)).Should().HaveCountGreaterThanOrEqualTo(6);
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
    }

    [Fact]
    public async Task Statistics_that_become_ready_are_read()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).AnswerInOrder(Answers.Json(202, "{}"), Answers.Json(202, "{}"), Answers.Json(200, """[{"total":3,"weeks":[],"author":{"login":"octocat","id":1}}]"""));

        var contributors = await fixture.RunAsync(octokit => octokit.Repository.Statistics.GetContributors("acme", "api"));

        contributors.Should().ContainSingle().Which.Total.Should().Be(3);
        fixture.GitHub.Count(HttpMethod.Get, Path).Should().Be(3);
    }

    [Fact]
    public async Task Outside_of_RunAsync_the_loop_ends_as_well()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(202, "{}"));

        await fixture.Awaiting(one => one.Direct.Repository.Statistics.GetContributors("acme", "api")).Should().ThrowAsync<ScmNotReadyException>();

        fixture.GitHub.Count(HttpMethod.Get, Path).Should().Be(7);
    }

    [Fact]
    public async Task A_202_to_another_read_is_no_silent_null()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.Json(202, "{}"));

        await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmNotReadyException>();
    }

    [Fact]
    public async Task A_202_to_a_write_is_its_answer()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Json(202, Payloads.Repository("octocat/api")));

        var fork = await fixture.RunAsync(octokit => octokit.Repository.Forks.Create("acme", "api", new NewRepositoryFork()));

        fork.FullName.Should().Be("octocat/api");
        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Plain_Octokit_asks_again_and_again_without_a_wait()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, Path).Times(50).Answer(Answers.Json(202, "{}"));
        fixture.GitHub.When(HttpMethod.Get, Path).Answer(Answers.Json(200, "[]"));

        await fixture.Plain().Repository.Statistics.GetContributors("acme", "api", TestContext.Current.CancellationToken);

        fixture.GitHub.Count(HttpMethod.Get, Path).Should().Be(51);
    }

    private static Task<OctokitFixture> StartAsync() => OctokitFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(25) };
        setup.Client = options => options.Resilience.Deadline = TimeSpan.FromMinutes(5);
    });
}
