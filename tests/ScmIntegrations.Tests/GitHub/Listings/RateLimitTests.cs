using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Listings;

/// <summary>The hourly limits.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task The_limits_are_those_of_the_credential()
    {
        await using var fixture = await TreeFixture.StartAsync();
        var bucket = fixture.GitHub.RateLimits.ForUser(TreeFixture.Login);
        bucket.Remaining = 4321;

        var limits = await fixture.Client.GetRateLimitAsync(TestContext.Current.CancellationToken);

        limits.IsEnabled.Should().BeTrue();
        limits.Resources.Should().ContainKeys("core", "search", "graphql");
        limits.Resources["core"].Limit.Should().Be(5000);
        limits.Resources["core"].Remaining.Should().Be(4321);
        limits.Resources["core"].Used.Should().Be(679);
        limits.Resources["core"].ResetsAt.Should().Be(bucket.ResetsAt);
    }

    [Fact]
    public async Task A_server_without_limits_is_no_error()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/rate_limit").Answer(Answers.GitHubError(404, "Rate limiting is not enabled."));

        var limits = await fixture.Client.GetRateLimitAsync(TestContext.Current.CancellationToken);

        limits.IsEnabled.Should().BeFalse();
        limits.Resources.Should().BeEmpty();
        fixture.Outcomes("get_rate_limit").Should().Equal("started", "success");
    }

    [Theory]
    [InlineData("""{"resources":null}""")]
    [InlineData("""{"resources":{"core":null}}""")]
    [InlineData("""{"resources":{"core":{}}}""")]
    [InlineData("""{"resources":{"core":{"limit":"many","remaining":1,"reset":1}}}""")]
    public async Task Limits_that_are_none_are_unreadable(string body)
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/rate_limit").Answer(Answers.Json(200, body));

        await fixture.Client.Invoking(client => client.GetRateLimitAsync(TestContext.Current.CancellationToken))
            .Should().ThrowAsync<ScmUnreadableResponseException>();
    }

    [Fact]
    public async Task An_absurd_reset_is_no_error()
    {
        await using var fixture = await TreeFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/rate_limit").Answer(Answers.Json(200, """{"resources":{"core":{"limit":1,"remaining":1,"reset":9223372036854775807}}}"""));

        var limits = await fixture.Client.GetRateLimitAsync(TestContext.Current.CancellationToken);

        limits.Resources["core"].Remaining.Should().Be(1);
    }
}
