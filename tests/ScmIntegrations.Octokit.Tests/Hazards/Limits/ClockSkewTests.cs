using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Limits;

/// <summary>Clocks that differ: the wait is right, in our words and by Octokit's own method.</summary>
public sealed class ClockSkewTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    public async Task RetryAt_is_in_the_callers_clock(int serverIsAhead)
    {
        await using var fixture = await OctokitFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.ServerTime = new ManualTimeProvider(setup.Time.GetUtcNow() + TimeSpan.FromSeconds(serverIsAhead));
        });
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(Wait));

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmRateLimitException>()).Which;

        error.RetryAt.Should().BeCloseTo(fixture.Time.GetUtcNow() + Wait, TimeSpan.FromSeconds(2));
    }

    // Octokit's method reads the system's clock, so the fake's is the one that differs.
    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(0)]
    public async Task Octokits_own_wait_is_the_true_one(int serverIsAhead)
    {
        await using var fixture = await StartAsync(serverIsAhead);

        var error = (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmRateLimitException>()).Which;

        error.InnerException.Should().BeOfType<RateLimitExceededException>().Which.GetRetryAfterTimeSpan().Should().BeCloseTo(Wait, Tolerance);
    }

    [Theory]
    [InlineData(300, 1200)]
    [InlineData(-300, 0)]
    public async Task Plain_Octokit_has_the_sign_wrong(int serverIsAhead, int seconds)
    {
        await using var fixture = await StartAsync(serverIsAhead);

        var error = (await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"))).Should().BeOfType<RateLimitExceededException>().Subject;

        error.GetRetryAfterTimeSpan().Should().BeCloseTo(TimeSpan.FromSeconds(seconds), Tolerance);
    }

    private static async Task<OctokitFixture> StartAsync(int serverIsAhead)
    {
        var fixture = await OctokitFixture.StartAsync(setup => setup.ServerTime = new ManualTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(serverIsAhead)));
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(Wait));
        return fixture;
    }
}
