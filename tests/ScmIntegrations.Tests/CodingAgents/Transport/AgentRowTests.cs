using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.Resilience;
using ScmIntegrations.Resilience.Retries;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.CodingAgents.Cursor;

namespace ScmIntegrations.Tests.CodingAgents.Transport;

/// <summary>The rows of the retry table that an agent's own service meets, over HTTP; each test bears its row's number.</summary>
public sealed class AgentRowTests
{
    private const string Agents = "/v1/agents";

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(599)]
    public async Task Row_63a_a_read_that_a_service_failed_is_asked_again(int status)
    {
        await using var rig = await CursorRig.StartAsync();
        var agent = rig.Cursor.AddAgent("acme/api");
        rig.Cursor.When(HttpMethod.Get, Agents + "/{id}").Times(2).Answer(Answers.CursorError(status, "upstream_error", "Later."));

        (await rig.Client.GetAsync(agent.Id, CursorRig.Cancellation)).Id.Should().Be(agent.Id);

        rig.Cursor.Count(HttpMethod.Get, Agents + "/{id}").Should().Be(3);
        rig.CountedRetries.Should().Be(2);
    }

    [Fact]
    public async Task Row_63a_what_stays_broken_surfaces_with_its_row()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Answer(Answers.Text(504, "<html>504</html>", "text/html"));

        var error = await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation));

        error.Should().BeOfType<ScmServerException>();
        error.Error.Should().BeEquivalentTo(new { Rule = "63a", Origin = ErrorOrigin.Platform, IsFateUnknown = false });
        rig.Cursor.Requests.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Row_63b_a_launch_that_a_service_failed_is_looked_after_and_never_sent_blindly(int status)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Answer(Answers.CursorError(status, "internal_error", "Oops.").WithHeader("Retry-After", "1"));

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync());

        error.Should().BeOfType<ScmAmbiguousWriteException>().Which.InnerException.Should().BeOfType<ScmServerException>();
        error.Error.Should().BeEquivalentTo(new { Rule = "63b", IsFateUnknown = true });
        rig.Sent.Where(sent => !sent.StartsWith("GET ", StringComparison.Ordinal)).Should().HaveCount(2, "the second was sent because a look had shown that nothing was started");
        rig.CountedRetries.Should().Be(0, "no layer but the launch's own sends it again");
    }

    [Fact]
    public async Task Row_63_a_launch_that_timed_out_has_an_unknown_end()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Answer(Answers.Stall());
        rig.Cursor.When(HttpMethod.Get, Agents + "/{id}").Answer(Answers.CursorError(403, "role_forbidden", "No."));

        var launch = rig.LaunchAsync();
        await rig.Cursor.WaitForRequestsAsync(1, CursorRig.Cancellation);
        rig.Time.Advance(TimeSpan.FromSeconds(59));
        launch.IsCompleted.Should().BeFalse("a launch has a time of its own");
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        var error = await CursorRig.FailAsync(() => launch);

        error.Error.Should().BeEquivalentTo(new { Rule = "63", Reason = ErrorReason.Timeout, IsFateUnknown = true });
        error.Message.Should().Contain("60 s");
        rig.Cursor.Count(HttpMethod.Post, Agents).Should().Be(1, "it could not be looked after, so it is not sent again");
    }

    [Theory]
    [InlineData(402)]
    [InlineData(403)]
    public async Task Row_64_a_refused_launch_is_neither_repeated_nor_remembered(int status)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.When(HttpMethod.Post, Agents).Once().Answer(Answers.Json(status, """{"message":"No."}"""));

        (await CursorRig.FailAsync(() => rig.LaunchAsync())).Error.Rule.Should().Be("64");

        await rig.LaunchAsync();
        rig.Cursor.Agents.Should().ContainSingle();
    }

    [Theory]
    [InlineData(501)]
    [InlineData(505)]
    public async Task Row_46_what_is_never_possible_is_final_for_an_agent_too(int status)
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Answer(Answers.CursorError(status, "x", "Never."));

        var launch = await CursorRig.FailAsync(() => rig.LaunchAsync());
        var read = await CursorRig.FailAsync(() => rig.Client.GetAsync("bc-1", CursorRig.Cancellation));

        (launch.Error.Rule, read.Error.Rule).Should().Be(("46", "46"));
        launch.Error.IsFateUnknown.Should().BeFalse();
        rig.Cursor.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Row_57_a_services_limit_surfaces_at_once_and_holds_nobody_back()
    {
        await using var rig = await CursorRig.StartAsync();
        rig.Cursor.WhenAnything().Once().Answer(Answers.CursorLegacyError(429, "Too Many Requests", "Slow down."));

        var error = await CursorRig.FailAsync(() => rig.LaunchAsync());

        error.Should().BeOfType<ScmRateLimitException>();
        error.Error.Should().BeEquivalentTo(new { Rule = "57", RetryAt = rig.Time.GetUtcNow().AddSeconds(60) });
        rig.Cursor.Requests.Should().ContainSingle();
        await rig.LaunchAsync();
    }

    [Fact]
    public async Task Row_2_a_launch_that_was_not_sent_is_sent_again()
    {
        var refused = 0;
        await using var rig = await CursorRig.StartAsync(build: builder => builder.HttpClient.AddHttpMessageHandler(() => new RefusingHandler(() => ++refused <= 2)));

        await rig.LaunchAsync();

        refused.Should().Be(3);
        rig.Cursor.Agents.Should().ContainSingle();
    }

    [Theory]
    [InlineData(OperationClass.Read, 503, "63a")]
    [InlineData(OperationClass.IdempotentWrite, 500, "63a")]
    [InlineData(OperationClass.Write, 503, "63b")]
    [InlineData(OperationClass.Write, 502, "63b")]
    public void Row_63a_and_63b_stand_before_the_brokers_rows(OperationClass operation, int status, string row)
    {
        RetryTable.Find(operation, RetryCondition.AgentService, ErrorReason.ServerError, ErrorOrigin.Platform, status).Number.Should().Be(row);
        RetryTable.Find(operation, RetryCondition.None, ErrorReason.ServerError, ErrorOrigin.Platform, status).Number.Should().NotStartWith("63", "a broker is no agent");
    }

    private sealed class RefusingHandler(Func<bool> refuses) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            refuses() ? throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection.") : base.SendAsync(request, cancellationToken);
    }
}
