using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>GitHub asks to come back later.</summary>
public sealed class LimitRowTests
{
    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Row_29_a_primary_limit_surfaces_at_once(int status) =>
        await RowCall.EachAsync(RowCall.Any, _ => RowCall.OverAsync(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10), status)), (fixture, error) =>
        {
            error.ShouldSurface<ScmRateLimitException>(fixture, "29", requests: 1, halts: true);
            error.Error.RateLimitResource.Should().Be("core");
            error.RetryAt.Should().NotBeNull();
        });

    [Fact]
    public async Task Row_29_is_waited_for_where_the_options_allow_it()
    {
        foreach (var method in RowCall.Any)
        {
            await using var fixture = await WaitingAsync(TimeSpan.FromSeconds(60));
            fixture.GitHub.WhenAnything().Once().Answer(Answers.PrimaryRateLimit(TimeSpan.FromSeconds(30)));
            fixture.GitHub.WhenAnything().Answer(Answers.Text(204));

            await AfterWaitAsync(fixture, fixture.SendAsync(new HttpMethod(method)), 31);

            fixture.GitHub.Requests.Should().HaveCount(2);
        }
    }

    [Theory]
    [InlineData(61, 100)]
    [InlineData(60, 60)]
    public async Task Row_29_is_not_waited_for_past_the_options_or_the_deadline(int wait, int deadline)
    {
        await using var fixture = await WaitingAsync(TimeSpan.FromSeconds(60), deadline);
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(403, "API rate limit exceeded").WithHeader("Retry-After", $"{wait}"));

        (await RowCall.FailAsync(fixture.GetApiAsync)).ShouldSurface<ScmRateLimitException>(fixture, "29", requests: 1, halts: true);
    }

    [Fact]
    public async Task Row_29_is_waited_for_once()
    {
        await using var fixture = await WaitingAsync(TimeSpan.FromSeconds(60));
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(403, "API rate limit exceeded").WithHeader("Retry-After", "10"));

        await FluentActions.Awaiting(() => AfterWaitAsync(fixture, fixture.GetApiAsync(), 10)).Should().ThrowAsync<ScmRateLimitException>();

        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Row_30_a_secondary_limit_surfaces_at_once(int status) =>
        await RowCall.EachAsync(RowCall.Repeatable, _ => RowCall.OverAsync(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(30), status)), (fixture, error) =>
            error.ShouldSurface<ScmRateLimitException>(fixture, "30", requests: 1, halts: true));

    [Fact]
    public async Task Row_30_is_waited_for_where_the_options_allow_it()
    {
        await using var fixture = await WaitingAsync(TimeSpan.FromSeconds(60));
        fixture.GitHub.WhenAnything().Once().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(30)));

        await AfterWaitAsync(fixture, fixture.GetApiAsync(), 30);

        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Row_31_a_secondary_limit_to_a_write_surfaces_always()
    {
        foreach (var method in RowCall.Writes)
        {
            await using var fixture = await WaitingAsync(TimeSpan.FromMinutes(65));
            fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(5)));

            (await RowCall.FailAsync(() => fixture.SendAsync(new HttpMethod(method)))).ShouldSurface<ScmRateLimitException>(fixture, "31", requests: 1, halts: true);
        }
    }

    [Fact]
    public async Task Row_31_is_the_mints_too()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.AsInstallation = true);
        fixture.GitHub.When(HttpMethod.Post, RowCall.Mint).Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(30)));

        (await RowCall.FailAsync(fixture.GetApiAsync)).ShouldSurface<ScmRateLimitException>(fixture, "31", requests: 1, halts: true);
    }

    private static Task<ClientFixture> WaitingAsync(TimeSpan most, int deadline = 100) => ClientFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider();
        setup.Client = options =>
        {
            options.Resilience.MaxRateLimitWait = most;

            // Longer than the waits, so that the timer of an attempt is not taken for one.
            options.Resilience.AttemptTimeout = TimeSpan.FromSeconds(99);
            options.Resilience.Deadline = TimeSpan.FromSeconds(deadline);
        };
    });

    private static async Task AfterWaitAsync(ClientFixture fixture, Task call, int seconds)
    {
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(seconds + 1), TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(seconds + 1));
        await call;
    }
}
