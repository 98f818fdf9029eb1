using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience.Rows;

/// <summary>The launch of a coding agent, on the wire: never sent again blindly, and no refusal is remembered.</summary>
public sealed class AgentLaunchRowTests
{
    public static TheoryData<int, string> Refusals => new()
    {
        { 402, "Payment required" },
        { 403, "Resource not accessible by integration" },
        { 403, "The user is not licensed for Copilot." },
        { 403, "Advanced Security must be enabled for this repository" },
        { 404, "Not Found" },
    };

    [Fact]
    public async Task Row_63_a_reset_after_the_launch_was_sent_leaves_its_fate_unknown()
    {
        await using var fixture = await OverAsync(Answers.Reset());

        var error = await RowCall.FailAsync(() => LaunchAsync(fixture));

        error.ShouldSurface<ScmAmbiguousWriteException>(fixture, "63", requests: 1, halts: false);
        error.InnerException.Should().BeOfType<ScmTransportException>();
    }

    [Fact]
    public async Task Row_63_an_answer_that_breaks_off_is_none()
    {
        await using var fixture = await OverAsync(Answers.Json(201, """{"id":"1","state":"queued"}""").ResetAfter(5));

        (await RowCall.FailAsync(() => LaunchAsync(fixture))).ShouldSurface<ScmAmbiguousWriteException>(fixture, "63", requests: 1, halts: false);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Row_63_a_server_that_fails_may_have_launched(int status)
    {
        await using var fixture = await OverAsync(Answers.ServerError(status));

        (await RowCall.FailAsync(() => LaunchAsync(fixture))).ShouldSurface<ScmAmbiguousWriteException>(fixture, "63", requests: 1, halts: false);
    }

    [Fact]
    public async Task Row_63_a_server_that_says_when_to_come_back_may_have_launched_too()
    {
        await using var fixture = await OverAsync(Answers.ServerError(503).WithHeader("Retry-After", "1"));

        (await RowCall.FailAsync(() => LaunchAsync(fixture))).ShouldSurface<ScmAmbiguousWriteException>(fixture, "63", requests: 1, halts: false);
    }

    [Fact]
    public async Task Row_63_a_launch_has_its_own_time_and_what_comes_too_late_may_have_launched()
    {
        await using var fixture = await OverAsync(Answers.Stall(), setup => setup.Time = new ManualTimeProvider());

        var call = LaunchAsync(fixture);
        await fixture.GitHub.WaitForRequestsAsync(1, TestContext.Current.CancellationToken);
        fixture.Time.Advance(TimeSpan.FromSeconds(59));
        call.IsCompleted.Should().BeFalse("30 seconds are the client's bound, and this request has another");
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        var error = await RowCall.FailAsync(() => call);
        error.ShouldSurface<ScmAmbiguousWriteException>(fixture, "63", requests: 1, halts: false);
        error.Message.Should().Contain("after 60 s");
    }

    [Fact]
    public async Task Row_63_says_nothing_of_what_was_never_sent()
    {
        var connects = 0;
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.ApiAddress = ClosedPort.Find();
            setup.HttpClient = http => ClosedPort.Count(http, () => Interlocked.Increment(ref connects));
        });

        (await RowCall.FailAsync(() => LaunchAsync(fixture))).ShouldSurface<ScmTransportException>(fixture, "2", requests: 0, halts: false);
        connects.Should().Be(3);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Row_64_a_refused_launch_surfaces_at_once_and_the_next_one_is_sent(int status, string message)
    {
        await using var fixture = await ClientFixture.StartAsync();
        fixture.GitHub.WhenAnything().Once().Answer(Answers.GitHubError(status, message));
        fixture.GitHub.WhenAnything().Answer(Answers.Json(201, "{}"));

        var error = await RowCall.FailAsync(() => LaunchAsync(fixture));

        error.Error.Rule.Should().Be("64");
        error.Should().NotBeOfType<ScmAmbiguousWriteException>();
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.CountedOutcomes.Should().Equal("started", "halted");
        await LaunchAsync(fixture);
        fixture.GitHub.Requests.Should().HaveCount(2, "the right may be granted a second later");
    }

    [Fact]
    public async Task Row_69_a_quota_is_no_conflict_for_a_launch()
    {
        await using var fixture = await OverAsync(Answers.GitHubError(412, "insufficient premium quota to create assignment"));

        var error = await RowCall.FailAsync(() => LaunchAsync(fixture));

        error.ShouldSurface<ScmForbiddenException>(fixture, "69", requests: 1, halts: true);
        error.Reason.Should().Be(ErrorReason.QuotaExceeded);
    }

    private static Task<ClientFixture> OverAsync(Answer answer, Action<ClientSetup>? configure = null) => RowCall.OverAsync(answer, setup =>
    {
        setup.Client = options => options.Resilience.MaxAttempts = 10;
        configure?.Invoke(setup);
    });

    private static Task LaunchAsync(ClientFixture fixture) => fixture.Client.SendAsync(
        GitHubRequest.Create(HttpMethod.Post, "/agents/repos/{owner}/{repo}/tasks", "acme", "api") with { IsAgentLaunch = true, AttemptTimeout = TimeSpan.FromSeconds(60) },
        TestContext.Current.CancellationToken);
}
