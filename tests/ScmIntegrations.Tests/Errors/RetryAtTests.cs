using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>When to come back, in the caller's clock, whatever the server's clock says.</summary>
public sealed class RetryAtTests
{
    private static readonly int[] Skews = [-300, 0, 300, -5 * 366 * 86_400, 5 * 366 * 86_400];

    /// <summary>How far the server's clock is ahead; <c>Retry-After</c>, what remains, the seconds until the reset; the wait.</summary>
    public static TheoryData<int, string?, string?, int?, int> Waits
    {
        get
        {
            var data = new TheoryData<int, string?, string?, int?, int>();
            foreach (var skew in Skews)
            {
                // Retry-After, in seconds.
                data.Add(skew, "30", null, null, 30);
                data.Add(skew, "1", null, null, 1);
                data.Add(skew, "0", null, null, 1);
                data.Add(skew, "86400", null, null, 86400);
                data.Add(skew, "30", "0", 600, 30);
                data.Add(skew, "30", "7", 600, 30);

                // Retry-After, as a date against the answer's own.
                data.Add(skew, "date+45", null, null, 45);
                data.Add(skew, "date+0", null, null, 1);
                data.Add(skew, "date+86400", null, null, 86400);

                // Nothing that can be used: a minute.
                data.Add(skew, "date-45", null, null, 60);
                data.Add(skew, "date+86401", null, null, 60);
                data.Add(skew, " ", null, null, 60);
                data.Add(skew, "-5", null, null, 60);
                data.Add(skew, "86401", null, null, 60);
                data.Add(skew, "99999999999999999999", null, null, 60);
                data.Add(skew, "9223372036854775807", null, null, 60);
                data.Add(skew, "-9223372036854775808", null, null, 60);
                data.Add(skew, "soon", null, null, 60);
                data.Add(skew, "1.5", null, null, 60);
                data.Add(skew, null, null, null, 60);

                // The reset, a second later, and only when nothing is left: on a secondary limit it is the hourly window's.
                data.Add(skew, null, "0", 600, 601);
                data.Add(skew, " ", "0", 600, 601);
                data.Add(skew, null, "0", 0, 2);
                data.Add(skew, null, "0", 86400, 86401);
                data.Add(skew, null, "7", 600, 60);
                data.Add(skew, null, null, 600, 60);
                data.Add(skew, null, "none", 600, 60);
                data.Add(skew, null, "0", -10, 60);
                data.Add(skew, null, "0", 86401, 60);
                data.Add(skew, null, "0", null, 60);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task A_limit_says_when_to_come_back(int skewSeconds, string? retryAfter, string? remaining, int? resetInSeconds, int waitSeconds)
    {
        var time = new ManualTimeProvider();
        var server = new ManualTimeProvider(time.GetUtcNow().AddSeconds(skewSeconds));
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.Time, setup.ServerTime) = (time, server));
        var now = server.GetUtcNow();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(403, "You have exceeded a secondary rate limit.")
            .WithHeader("Retry-After", retryAfter?.StartsWith("date", StringComparison.Ordinal) is true
                ? now.AddSeconds(int.Parse(retryAfter.AsSpan(4), CultureInfo.InvariantCulture)).ToString("r", CultureInfo.InvariantCulture)
                : retryAfter)
            .WithHeader("x-ratelimit-remaining", remaining)
            .WithHeader("x-ratelimit-reset", resetInSeconds is { } reset ? now.AddSeconds(reset).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : null));

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmRateLimitException>()).Which;
        error.RetryAt.Should().Be(time.GetUtcNow().AddSeconds(waitSeconds));
        fixture.GitHub.Requests.Should().ContainSingle("a limit surfaces at once");
    }

    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999")]
    [InlineData("not a number")]
    [InlineData("0")]
    [InlineData("")]
    public async Task An_absurd_reset_is_a_minute(string reset)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromHours(1)).WithHeader("x-ratelimit-reset", reset));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmRateLimitException>()).Which.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(60));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    public async Task Without_a_date_the_callers_clock_counts(string date)
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromSeconds(90)).WithHeader("Date", date));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmRateLimitException>()).Which.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(91));
    }

    [Fact]
    public void An_answer_that_carries_no_date_at_all_is_read_by_the_callers_clock()
    {
        var time = new ManualTimeProvider();
        var answer = new GitHubAnswer(429)
        {
            Headers = [new("x-ratelimit-remaining", "0"), new("x-ratelimit-reset", time.GetUtcNow().AddSeconds(90).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))],
        };

        answer.ToException(time)!.RetryAt.Should().Be(time.GetUtcNow().AddSeconds(91));
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("soon", null)]
    [InlineData("-1", null)]
    [InlineData(null, null)]
    public async Task A_failing_server_is_waited_for_only_as_long_as_it_asks(string? retryAfter, int? seconds)
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => options.Resilience.MaxAttempts = 1;
        });
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError(503).WithHeader("Retry-After", retryAfter));

        var call = fixture.GetApiAsync;

        (await call.Should().ThrowAsync<ScmServerException>()).Which.RetryAt.Should().Be(seconds is { } wait ? fixture.Time.GetUtcNow().AddSeconds(wait) : null);
    }
}
