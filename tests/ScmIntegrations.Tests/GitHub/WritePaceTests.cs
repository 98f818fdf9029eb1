using ScmIntegrations.GitHub;
using ScmIntegrations.Resilience;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub;

/// <summary>Writes keep to GitHub's pace: a burst, then one a second.</summary>
public sealed class WritePaceTests
{
    [Fact]
    public async Task Twenty_writes_go_at_once_and_then_one_a_second()
    {
        await using var fixture = await StartAsync();
        var writes = Enumerable.Range(0, 25).Select(_ => fixture.SendAsync(HttpMethod.Post)).ToArray();

        await Task.WhenAll(writes[..20]);
        fixture.GitHub.Requests.Should().HaveCount(20);
        for (var sent = 21; sent <= 25; sent++)
        {
            fixture.Time.Advance(TimeSpan.FromMilliseconds(1001));
            await writes[sent - 1];
            fixture.GitHub.Requests.Should().HaveCount(sent);
        }
    }

    [Fact]
    public async Task A_write_that_is_sent_again_waits_for_another_turn()
    {
        await using var fixture = await StartAsync(options => options.RateLimits.WriteBurst = 2);
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.ServerError(), Answers.ServerError(), Answers.Json(200, "{}"));
        var put = fixture.SendAsync(HttpMethod.Put);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromMilliseconds(1001), TestContext.Current.CancellationToken);
        fixture.GitHub.Requests.Should().HaveCount(2);

        fixture.Time.Advance(TimeSpan.FromMilliseconds(1001));

        await put;
        fixture.GitHub.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Reads_queries_and_mints_are_not_writes()
    {
        await using var fixture = await StartAsync(
            options => (options.RateLimits.WriteBurst, options.RateLimits.WritesPerSecond) = (1, 1 / 3600d),
            asInstallation: true);
        await fixture.SendAsync(HttpMethod.Post);

        for (var sent = 0; sent < 5; sent++)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(10));
            fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(Answers.BadCredentials());
            await fixture.GetApiAsync();
            await fixture.Client.SendAsync(Requests.To(HttpMethod.Post, "/graphql") with { Operation = OperationClass.Read }, TestContext.Current.CancellationToken);
        }

        fixture.GitHub.Requests.Count(request => request.Path.EndsWith("/access_tokens", StringComparison.Ordinal)).Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task A_queue_of_writes_keeps_no_read_waiting()
    {
        await using var fixture = await StartAsync(options => options.RateLimits.MaxConcurrency = 1);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var writes = Enumerable.Range(0, 500).Select(_ => fixture.Client.SendAsync(Requests.To(HttpMethod.Post), caller.Token)).ToArray();

        await fixture.GetApiAsync();

        await Task.WhenAll(writes[..20]);
        await caller.CancelAsync();
        foreach (var write in writes[20..])
        {
            await FluentActions.Awaiting(() => write).Should().ThrowAsync<OperationCanceledException>();
        }

        fixture.Time.ArmedTimers.Should().Be(0);
    }

    private static async Task<ClientFixture> StartAsync(Action<GitHubIntegrationOptions>? configure = null, bool asInstallation = false)
    {
        var fixture = await ClientFixture.StartAsync(setup =>
            (setup.Time, setup.AsInstallation, setup.Client) = (new ManualTimeProvider(), asInstallation, configure));
        fixture.GitHub.When(HttpMethod.Post, "/things").Answer(Answers.Json(201, "{}"));
        fixture.GitHub.When(HttpMethod.Post, "/graphql").Answer(Answers.Json(200, """{"data":{}}"""));
        return fixture;
    }
}
