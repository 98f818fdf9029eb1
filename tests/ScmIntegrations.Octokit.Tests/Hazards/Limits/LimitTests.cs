using System.Globalization;
using System.Net;
using Octokit;
using ScmIntegrations.Errors;
using ScmIntegrations.Octokit.Tests.Infrastructure;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Octokit.Tests.Hazards.Limits;

/// <summary>Limits that Octokit has no type for, says no wait for, or cannot read.</summary>
public sealed class LimitTests
{
    private static readonly string[] Numbers = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_429_is_a_limit_with_its_wait()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(Wait, status: 429));

        var error = await LimitOfAsync(fixture);

        error.Reason.Should().Be(ErrorReason.SecondaryRateLimit);
        error.Status.Should().Be(HttpStatusCode.TooManyRequests);
        error.RetryAt.Should().Be(fixture.Time.GetUtcNow() + Wait);
        error.InnerException.Should().BeOfType<ApiException>("Octokit has no type for it");
    }

    [Fact]
    public async Task A_429_with_nothing_said_is_a_limit_too()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Text(429));

        (await LimitOfAsync(fixture)).RetryAt.Should().BeAfter(fixture.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_secondary_limit_has_the_wait_that_Octokit_does_not_tell()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(Wait));

        var error = await LimitOfAsync(fixture);

        error.RetryAt.Should().Be(fixture.Time.GetUtcNow() + Wait);
        error.InnerException.Should().BeOfType<SecondaryRateLimitExceededException>();
    }

    [Fact]
    public async Task A_secondary_limit_without_a_wait_gets_a_minute()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(retryAfter: null));

        (await LimitOfAsync(fixture)).RetryAt.Should().BeCloseTo(fixture.Time.GetUtcNow() + TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Nothing_is_sent_while_the_limit_holds()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Once().Answer(Answers.SecondaryRateLimit(Wait));

        var first = await LimitOfAsync(fixture);
        var second = await LimitOfAsync(fixture);
        await fixture.Awaiting(one => one.Direct.Repository.Get("acme", "api")).Should().ThrowAsync<ScmRateLimitException>("there is no answer for Octokit to make an exception of");

        fixture.GitHub.Requests.Should().ContainSingle();
        second.Origin.Should().Be(ErrorOrigin.Client);
        second.RetryAt.Should().Be(first.RetryAt);
        fixture.Time.Advance(Wait + TimeSpan.FromSeconds(1));
        (await fixture.GetApiAsync()).FullName.Should().Be("acme/api");
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task An_absurd_reset_is_a_limit_with_a_usable_wait(string reset)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(Wait).WithHeader("x-ratelimit-reset", reset));

        var error = await LimitOfAsync(fixture);

        error.RetryAt!.Value.Should().BeAfter(fixture.Time.GetUtcNow()).And.BeBefore(fixture.Time.GetUtcNow() + TimeSpan.FromDays(2));
        var octokits = error.InnerException.Should().BeOfType<RateLimitExceededException>().Subject;
        octokits.Invoking(one => (one.Reset, one.Limit, one.Remaining, one.GetRetryAfterTimeSpan())).Should().NotThrow();
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Numbers_of_a_limit_that_are_none_are_clamped(string number)
    {
        await using var fixture = await StartAsync();
        var answer = Answers.Json(200, Payloads.Repository("acme/api"));
        fixture.GitHub.WhenAnything().Answer(Numbers.Aggregate(answer, (one, name) => one.WithHeader(name, number)));

        await fixture.RunAsync(octokit => octokit.Repository.Get("acme", "api"));

        var limit = fixture.Direct.GetLastApiInfo().RateLimit;
        limit.Limit.Should().BeGreaterThanOrEqualTo(0);
        limit.Remaining.Should().BeGreaterThanOrEqualTo(0);
        limit.Invoking(one => one.Reset).Should().NotThrow();
    }

    [Fact]
    public async Task Sound_numbers_of_a_limit_stay_as_they_are()
    {
        await using var fixture = await StartAsync();

        await fixture.GetApiAsync();

        var limit = fixture.Direct.GetLastApiInfo().RateLimit;
        (limit.Limit, limit.Remaining).Should().Be((5000, 4999));
        limit.Reset.Should().BeAfter(fixture.Time.GetUtcNow());
    }

    [Fact]
    public async Task Plain_Octokit_has_no_type_for_429_and_stumbles_over_a_reset_and_numbers()
    {
        await using var fixture = await OctokitFixture.StartAsync();
        fixture.GitHub.WhenAnything().AnswerInOrder(
            Answers.SecondaryRateLimit(Wait, status: 429),
            Answers.PrimaryRateLimit(Wait).WithHeader("x-ratelimit-reset", "99999999999999").WithHeader("x-ratelimit-limit", "99999999999999"));

        (await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"))).Should().BeOfType<ApiException>();
        var limited = (await Record.ExceptionAsync(() => fixture.Plain().Repository.Get("acme", "api"))).Should().BeOfType<RateLimitExceededException>().Subject;

        limited.Invoking(one => one.Reset).Should().Throw<ArgumentOutOfRangeException>();
        limited.Limit.Should().Be(unchecked((int)long.Parse("99999999999999", CultureInfo.InvariantCulture)));
    }

    private static async Task<ScmRateLimitException> LimitOfAsync(OctokitFixture fixture) =>
        (await fixture.Awaiting(one => one.GetApiAsync()).Should().ThrowAsync<ScmRateLimitException>()).Which;

    private static Task<OctokitFixture> StartAsync() => OctokitFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
}
