using System.Globalization;
using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>When to come back, in the caller's clock, whatever the server's clock says.</summary>
public sealed class RetryAtTests
{
    // The server is five minutes ahead in one half of the tests and five behind in the other.
    public static TheoryData<int, string?, string?, int?, int> Waits
    {
        get
        {
            var data = new TheoryData<int, string?, string?, int?, int>();
            foreach (var skew in new[] { -300, 0, 300 })
            {
                data.Add(skew, "30", null, null, 30);
                data.Add(skew, "0", null, null, 1);
                data.Add(skew, "30", "0", 600, 30);
                data.Add(skew, "date+45", null, null, 45);
                data.Add(skew, "date-45", null, null, 60);
                data.Add(skew, " ", null, null, 60);
                data.Add(skew, " ", "0", 600, 601);
                data.Add(skew, "-5", null, null, 60);
                data.Add(skew, "86400", null, null, 86400);
                data.Add(skew, "86401", null, null, 60);
                data.Add(skew, "99999999999999999999", null, null, 60);
                data.Add(skew, "soon", null, null, 60);
                data.Add(skew, "1.5", null, null, 60);
                data.Add(skew, null, "0", 600, 601);
                data.Add(skew, null, "7", 600, 60);
                data.Add(skew, null, null, 600, 60);
                data.Add(skew, null, "0", -10, 60);
                data.Add(skew, null, "0", 100_000, 60);
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
    [InlineData("not a number")]
    [InlineData("0")]
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
}
