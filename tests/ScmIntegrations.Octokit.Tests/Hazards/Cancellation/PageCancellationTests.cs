using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Cancellation;

/// <summary>Cancellation between the pages of a listing, and between two calls.</summary>
public sealed class PageCancellationTests
{
    [Fact]
    public async Task A_listing_sends_no_further_page_once_the_caller_has_cancelled()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        using var caller = new CancellationTokenSource();
        var first = Bodies.Page(Bodies.Next(fixture.GitHub.Address, 2), 1);
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithoutQuery("page").Answer(first);
        fixture.GitHub.When(HttpMethod.Get, Bodies.IssuesPath).WithQuery("page", "2").Answer(Answers.Stall());

        var call = fixture.ListIssuesAsync(caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        await caller.CancelAsync();

        (await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Between_two_calls_the_token_stops_the_second()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        using var caller = new CancellationTokenSource();

        var call = () => fixture.RunAsync(
            async octokit =>
            {
                await octokit.Repository.Get("acme", "api");
                await caller.CancelAsync();
                return await octokit.Repository.Get("acme", "api");
            },
            caller.Token);

        (await call.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Counted.Should().Equal(("test", "started"), ("test", "halted"));
    }
}
