using ScmIntegrations.Errors;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Resilience;

/// <summary>A host that fails is left alone, and tried again after a while.</summary>
public sealed class CircuitTests
{
    [Fact]
    public async Task Half_of_twenty_calls_opens_the_circuit()
    {
        await using var fixture = await StartAsync();
        await CallAsync(fixture, 10);
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());
        await FailAsync(fixture, 10);
        fixture.GitHub.ClearRequests();

        var call = fixture.GetApiAsync;

        var error = (await call.Should().ThrowAsync<ScmCircuitOpenException>()).Which;
        error.RetryAt.Should().Be(fixture.Time.GetUtcNow().AddSeconds(15));
        error.Origin.Should().Be(ErrorOrigin.Client);
        error.Status.Should().BeNull();
        error.InnerException.Should().NotBeNull();
        fixture.GitHub.Requests.Should().BeEmpty();
        fixture.CountedOutcomes.TakeLast(2).Should().Equal("started", "halted");
    }

    [Fact]
    public async Task Fewer_than_twenty_calls_do_not_open_it()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());

        await FailAsync(fixture, 20);

        fixture.GitHub.Requests.Should().HaveCount(20);
    }

    [Fact]
    public async Task Less_than_half_does_not_open_it()
    {
        await using var fixture = await StartAsync();
        await CallAsync(fixture, 12);
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());

        await FailAsync(fixture, 11);

        fixture.GitHub.Requests.Should().HaveCount(23);
    }

    [Fact]
    public async Task Failures_of_another_window_do_not_count()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());

        await FailAsync(fixture, 19);
        fixture.Time.Advance(TimeSpan.FromSeconds(31));
        await FailAsync(fixture, 19);

        fixture.GitHub.Requests.Should().HaveCount(38);
    }

    [Fact]
    public async Task After_the_break_one_good_call_closes_it()
    {
        await using var fixture = await StartAsync();
        var fault = fixture.GitHub.WhenAnything().Answer(Answers.ServerError());
        await FailAsync(fixture, 20);
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmCircuitOpenException>();

        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        fault.Remove();

        await CallAsync(fixture, 5);
    }

    [Fact]
    public async Task After_the_break_one_bad_call_opens_it_again()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.ServerError());
        await FailAsync(fixture, 20);

        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmCircuitOpenException>();
        fixture.GitHub.Requests.Should().HaveCount(21);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task An_answer_that_is_no_fault_of_the_host_never_opens_it(int status)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.GitHubError(status, "No."));

        await FailAsync(fixture, 45);

        fixture.GitHub.Requests.Should().HaveCount(45);
    }

    [Fact]
    public async Task A_limit_never_opens_it()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(1), 429));

        for (var call = 0; call < 45; call++)
        {
            await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmRateLimitException>();
            fixture.Time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    [Fact]
    public async Task A_caller_who_cancels_never_opens_it()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Times(40).Answer(Answers.Stall());
        for (var call = 1; call <= 40; call++)
        {
            using var caller = new CancellationTokenSource();
            var stalled = fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token);
            await fixture.GitHub.WaitForRequestsAsync(call, TestContext.Current.CancellationToken);
            await caller.CancelAsync();
            await FluentActions.Awaiting(() => stalled).Should().ThrowAsync<OperationCanceledException>();
        }

        await CallAsync(fixture, 1);
    }

    [Fact]
    public async Task Broken_connections_open_it()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Reset());

        await FailAsync(fixture, 20);

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmCircuitOpenException>();
    }

    [Fact]
    public async Task A_call_that_needs_a_new_token_closes_it_too()
    {
        await using var fixture = await StartAsync(asInstallation: true);
        await CallAsync(fixture, 1);
        var fault = fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.ServerError());
        await FailAsync(fixture, 24);
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmCircuitOpenException>();

        // The token ends while the circuit is open, so the call that tries the host has to mint first.
        fixture.Time.Advance(TimeSpan.FromHours(2));
        fault.Remove();

        await CallAsync(fixture, 1);
        fixture.GitHub.Count(HttpMethod.Post, "/app/installations/7/access_tokens").Should().Be(2);
    }

    private static Task<ClientFixture> StartAsync(bool asInstallation = false) => ClientFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider();
        setup.AsInstallation = asInstallation;
        setup.Client = options => options.Resilience.MaxAttempts = 1;
    });

    private static async Task CallAsync(ClientFixture fixture, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            await fixture.GetApiAsync();
        }
    }

    private static async Task FailAsync(ClientFixture fixture, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmException>();
        }
    }
}
