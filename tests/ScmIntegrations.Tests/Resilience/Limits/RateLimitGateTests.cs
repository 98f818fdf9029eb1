using ScmIntegrations.Errors;
using ScmIntegrations.Resilience.Limits;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Limits;

/// <summary>While a limit holds, nothing is sent that it would refuse.</summary>
public sealed class RateLimitGateTests
{
    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_primary_limit_surfaces_at_once_and_then_costs_no_request(int status)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10), status));

        var first = (await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmRateLimitException>()).Which;
        var second = (await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmRateLimitException>()).Which;

        first.Origin.Should().Be(ErrorOrigin.GitHub);
        first.Reason.Should().Be(ErrorReason.PrimaryRateLimit);
        first.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(601));
        second.Origin.Should().Be(ErrorOrigin.Client);
        second.Reason.Should().Be(ErrorReason.PrimaryRateLimit);
        second.Status.Should().BeNull();
        second.RetryAt.Should().Be(first.RetryAt);
        second.Error.RateLimitResource.Should().Be("core");
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted", "started", "halted");
        fixture.CountedRetries.Should().Be(0);
    }

    [Fact]
    public async Task The_gate_opens_when_the_clock_says_so()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Once().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(90)));
        await RefuseAsync(fixture);

        fixture.Time.Advance(TimeSpan.FromSeconds(89));
        await RefuseAsync(fixture);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await fixture.GetApiAsync();
    }

    [Fact]
    public async Task A_primary_limit_leaves_another_resource_free()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10)));
        fixture.GitHub.WhenAnything().Answer(Answers.Text(204));
        await RefuseAsync(fixture);

        await fixture.SendAsync(HttpMethod.Get, "/search/issues?q=x");
        await fixture.SendAsync(HttpMethod.Post, "/graphql");
        await RefuseAsync(fixture);
    }

    [Fact]
    public async Task A_limit_holds_for_the_resource_that_the_answer_names()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10)).WithHeader("x-ratelimit-resource", "code_search"));

        await RefuseAsync(fixture, "/search/code?q=x");
        await RefuseAsync(fixture, "/search/code?q=y");

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_secondary_limit_holds_for_every_resource()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));

        await RefuseAsync(fixture);
        await RefuseAsync(fixture, "/search/issues?q=x");
        await RefuseAsync(fixture, "/graphql");

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_limit_of_the_installation_leaves_the_App_free()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.Time, setup.AsInstallation) = (new ManualTimeProvider(), true));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));
        await RefuseAsync(fixture);

        (await fixture.Client.GetInstallationAsync(TestContext.Current.CancellationToken)).Id.Should().Be(ClientSetup.InstallationId);
    }

    [Fact]
    public async Task A_limit_without_a_time_holds_for_a_minute()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Once().Answer(Answers.SecondaryRateLimit(null));
        await RefuseAsync(fixture);

        fixture.Time.Advance(TimeSpan.FromSeconds(59));
        await RefuseAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await fixture.GetApiAsync();
    }

    [Fact]
    public async Task Nobody_gets_past_a_closed_gate_however_many_try()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10)));
        await RefuseAsync(fixture);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => RefuseAsync(fixture))));

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_retry_asks_the_gate_again()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => options.Resilience.MaxAttempts = 2;
        });
        fixture.GitHub.When(HttpMethod.Get, "/slow").Answer(Answers.ServerError(503).WithHeader("Retry-After", "20"));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10)));
        var waiting = fixture.SendAsync(HttpMethod.Get, "/slow");
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await RefuseAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        // Not sent again; and what was answered says more than that it was not.
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<ScmServerException>();
        fixture.GitHub.Count(HttpMethod.Get, "/slow").Should().Be(1);
    }

    [Fact]
    public async Task A_call_whose_retry_the_gate_refused_does_not_wait_for_another()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());
        fixture.GitHub.When(HttpMethod.Get, "/slow").Answer(Answers.ServerError(503).WithHeader("Retry-After", "20"));
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.PrimaryRateLimit(TimeSpan.FromMinutes(10)));
        var waiting = fixture.SendAsync(HttpMethod.Get, "/slow");
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await RefuseAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        await FluentActions.Awaiting(() => waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).Should().ThrowAsync<ScmServerException>();
        fixture.GitHub.Count(HttpMethod.Get, "/slow").Should().Be(1);
        fixture.CountedRetries.Should().Be(1, "a retry that could not be sent is not followed by another");
    }

    [Fact]
    public void A_later_word_that_is_shorter_does_not_open_the_gate()
    {
        var time = new ManualTimeProvider();
        var gate = new RateLimitGate(time);
        gate.Close("me", "core", Limit(time.GetUtcNow().AddMinutes(10)));
        gate.Close("me", "core", Limit(time.GetUtcNow().AddMinutes(1)));

        time.Advance(TimeSpan.FromMinutes(2));

        gate.Check("me", "core").Should().NotBeNull();
        gate.Check("me", "search").Should().BeNull();
        gate.Check("you", "core").Should().BeNull();
    }

    private static ScmError Limit(DateTimeOffset until) =>
        new() { Message = "m", Reason = ErrorReason.PrimaryRateLimit, Origin = ErrorOrigin.GitHub, RetryAt = until };

    private static Task<ClientFixture> StartAsync() => ClientFixture.StartAsync(setup => setup.Time = new ManualTimeProvider());

    private static async Task RefuseAsync(ClientFixture fixture, string path = "/repos/acme/api") =>
        await FluentActions.Awaiting(() => fixture.SendAsync(HttpMethod.Get, path)).Should().ThrowAsync<ScmRateLimitException>();
}
