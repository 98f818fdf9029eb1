using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Authentication;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Issues;

/// <summary>What a reading of the retry found, each as a test that failed before.</summary>
public sealed class RetryHonestyTests
{
    [Fact]
    public async Task A_clients_own_timeout_does_not_pass_for_a_connection_that_was_never_made()
    {
        var sends = 0;
        await using var fixture = await ClientFixture.StartAsync(setup => setup.HttpClient = http =>
            http.ConfigurePrimaryHttpMessageHandler(() => new Failing(() =>
            {
                sends++;
                return new TaskCanceledException("HttpClient.Timeout", new TimeoutException("A task was canceled.", new TaskCanceledException()));
            })));

        await FluentActions.Awaiting(() => fixture.SendAsync(HttpMethod.Post)).Should().ThrowAsync<ScmAmbiguousWriteException>();

        sends.Should().Be(1, "it may have been carried out");
    }

    [Fact]
    public async Task A_timeout_that_an_application_sets_on_the_client_does_not_cut_attempts_short()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.HttpClient = http => http.ConfigureHttpClient(client => client.Timeout = TimeSpan.FromTicks(1)));

        await fixture.GetApiAsync();
    }

    [Fact]
    public async Task A_write_that_was_never_sent_is_not_ambiguous_because_a_limit_held_its_retry_back()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => options.Resilience.BackoffBase = TimeSpan.FromSeconds(10);
            var sends = 0;
            setup.HttpClient = http => http.AddHttpMessageHandler(() => new FirstWriteFails(() => Interlocked.Increment(ref sends)));
        });
        fixture.GitHub.When(HttpMethod.Get, "/limited").Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(60)));

        var call = fixture.SendAsync(HttpMethod.Post);
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await FluentActions.Awaiting(() => fixture.SendAsync(HttpMethod.Get, "/limited")).Should().ThrowAsync<ScmRateLimitException>();
        fixture.Time.Advance(TimeSpan.FromSeconds(10));

        var error = (await FluentActions.Awaiting(() => call).Should().ThrowAsync<ScmTransportException>()).Which;
        error.Error.Rule.Should().Be("2");
    }

    [Fact]
    public async Task A_mint_that_a_limit_holds_back_is_told_as_the_limit()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider()));
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/app/installations/7").Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(60)));
        await FluentActions.Awaiting(() => fixture.Client.GetInstallationAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<ScmRateLimitException>();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.BadCredentials());

        (await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmRateLimitException>()).Which.RetryAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Refusals_that_go_on_do_not_cost_a_mint_a_call()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.AsInstallation = true;
            setup.Time = new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(2) };
        });
        await fixture.GetApiAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.BadCredentials());

        for (var call = 0; call < 5; call++)
        {
            await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmUnauthorizedException>();
        }

        fixture.GitHub.Count(HttpMethod.Post, "/app/installations/7/access_tokens").Should().Be(2);
    }

    [Fact]
    public async Task A_circuit_is_not_closed_by_a_caller_who_left()
    {
        await using var fixture = await ClientFixture.StartAsync(setup =>
        {
            setup.Time = new ManualTimeProvider();
            setup.Client = options => (options.Resilience.CircuitMinimumThroughput, options.Resilience.MaxAttempts) = (2, 1);
        });
        var fault = fixture.GitHub.WhenAnything().Answer(Answers.ServerError());
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmServerException>();
        fault.Remove();
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());
        fixture.Time.Advance(TimeSpan.FromSeconds(15));
        using var caller = new CancellationTokenSource();

        var probe = fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token);
        await fixture.GitHub.WaitForRequestsAsync(3, TestContext.Current.CancellationToken);
        await caller.CancelAsync();
        await FluentActions.Awaiting(() => probe).Should().ThrowAsync<OperationCanceledException>();

        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmCircuitOpenException>("nobody has had an answer yet");
    }

    [Fact]
    public async Task A_foreign_clients_cancellation_is_the_callers()
    {
        using var caller = new CancellationTokenSource();
        await using var fixture = await ClientFixture.StartAsync(setup => setup.Client = options => (options.Credential, options.App) = (new Cancelling(caller), null));

        await FluentActions.Awaiting(() => fixture.Client.GetRepositoryAsync(Requests.Api, caller.Token)).Should().ThrowAsync<OperationCanceledException>();

        fixture.CountedOutcomes.Should().Equal("started", "halted");
    }

    [Fact]
    public void What_is_explained_is_what_a_call_would_have_met() =>
        new GitHubAnswer(503) { Method = HttpMethod.Post, Headers = [new("Retry-After", "5")] }.ToException().Should().BeOfType<ScmServerException>()
            .Which.Error.Rule.Should().Be("45");

    private sealed class Failing(Func<Exception> fail) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw fail();
    }

    private sealed class FirstWriteFails(Func<int> count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Post && count() == 1
                ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")
                : base.SendAsync(request, cancellationToken);
    }

    private sealed class Cancelling(CancellationTokenSource caller) : IGitHubCredential
    {
        public string Identity => "cancelling";

        public CredentialOwner Owner => CredentialOwner.Operator;

        public bool CanRenew => false;

        public async ValueTask<GitHubToken> GetTokenAsync(CancellationToken cancellationToken = default)
        {
            await caller.CancelAsync();
            throw new InvalidOperationException("RpcException(Cancelled)");
        }

        public void Invalidate(GitHubToken token)
        {
        }
    }
}
