using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Cancellation;

/// <summary>Linked sources and their timers are gone when a call is.</summary>
public sealed class TimerTests
{
    [Theory]
    [InlineData(200, null)]
    [InlineData(404, null)]
    [InlineData(422, null)]
    [InlineData(200, 60)]
    [InlineData(404, 60)]
    public async Task No_timer_is_left_after_a_call(int status, int? octokitsTimeout)
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.Direct.SetRequestTimeout(octokitsTimeout is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);
        await fixture.GetApiAsync();
        var before = fixture.Time.ArmedTimers;
        fixture.GitHub.WhenAnything().Answer(status == 200 ? Answers.Real() : Answers.GitHubError(status, "No."));

        for (var call = 0; call < 10; call++)
        {
            await Record.ExceptionAsync(() => fixture.GetApiAsync());
            await Record.ExceptionAsync(() => fixture.Direct.Repository.Get("acme", "api"));
        }

        fixture.Time.ArmedTimers.Should().Be(before);
        fixture.GitHub.Requests.Should().HaveCount(21);
    }

    [Fact]
    public async Task No_timer_is_left_after_a_call_that_was_cancelled()
    {
        await using var fixture = await OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        await fixture.GetApiAsync();
        var before = fixture.Time.ArmedTimers;
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        using var caller = new CancellationTokenSource();

        var call = fixture.GetApiAsync(caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(2, TestContext.Current.CancellationToken);
        fixture.Time.ArmedTimers.Should().BeGreaterThan(before, "the call under way has its time-outs");
        await caller.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();

        fixture.Time.ArmedTimers.Should().Be(before);
    }
}
