using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ScmIntegrations.AspNetCore.HealthChecks;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.AspNetCore.Tests.HealthChecks;

/// <summary>What a check says of a client, row by row: credential, limits, circuit, probe.</summary>
public sealed class GitHubHealthCheckTests
{
    private const string Secret = "ghp_THISMUSTNEVERPRINT0123456789";
    private const string RateLimit = "/rate_limit";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_nobody_has_used_is_healthy_and_GitHub_is_not_asked()
    {
        await using var rig = await Rig.StartAsync();

        var entry = await rig.CheckAsync();

        (entry.Status, entry.Description).Should().Be((HealthStatus.Healthy, null));
        entry.Data.Should().BeEquivalentTo(new Dictionary<string, object>(StringComparer.Ordinal) { ["circuit"] = "Closed" });
        entry.Tags.Should().Equal("github");
        rig.GitHub.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_client_that_gets_on_well_tells_its_facts()
    {
        await using var rig = await Rig.StartAsync();
        await rig.CallAsync();

        var entry = await rig.CheckAsync();

        entry.Status.Should().Be(HealthStatus.Healthy);
        entry.Data.Keys.Should().Contain(["limit_core", "limit_core_remaining", "limit_core_resets_at", "credential_accepted_at"]);
        entry.Data["credential_accepted_at"].Should().Be(rig.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_refused_credential_is_unhealthy_until_it_serves_or_nobody_has_said_so_for_long()
    {
        await using var rig = await Rig.StartAsync();
        var refusal = rig.GitHub.WhenAnything().Answer(Answers.BadCredentials());
        await rig.FailAsync();

        var entry = await rig.CheckAsync();
        (entry.Status, entry.Data["credential_refusal"]).Should().Be((HealthStatus.Unhealthy, "BadCredentials"));
        rig.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Unhealthy);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Healthy, "nobody has said so for a quarter of an hour");

        await rig.FailAsync();
        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Unhealthy);
        refusal.Remove();
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.CallAsync();
        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Healthy, "it serves again");
    }

    [Fact]
    public async Task The_status_of_a_refused_credential_is_the_registrations()
    {
        await using var rig = await Rig.StartAsync(failureStatus: HealthStatus.Degraded);
        rig.GitHub.WhenAnything().Answer(Answers.BadCredentials());
        await rig.FailAsync();

        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Degraded);
    }

    public static TheoryData<string, int, double, HealthStatus> Limits => new()
    {
        { "plenty", 500, 0.1, HealthStatus.Healthy },
        { "less than a tenth", 499, 0.1, HealthStatus.Degraded },
        { "one, where only none counts", 1, 0, HealthStatus.Healthy },
        { "none, where only none counts", 0, 0, HealthStatus.Degraded },
        { "half, where all should be left", 2500, 1, HealthStatus.Degraded },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task What_is_left_of_a_limit_counts(string what, int remaining, double least, HealthStatus expected)
    {
        await using var rig = await Rig.StartAsync(options => options.LeastRemaining = least);
        rig.GitHub.WhenAnything().Answer(rig.WithLimit(remaining));
        await rig.CallAsync();

        var entry = await rig.CheckAsync();

        entry.Status.Should().Be(expected, what);
        entry.Data["limit_core_remaining"].Should().Be(remaining);
        rig.Time.Advance(TimeSpan.FromHours(2));
        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Healthy, "the window has ended");
    }

    [Fact]
    public async Task A_limit_that_holds_is_degraded_until_it_passes()
    {
        await using var rig = await Rig.StartAsync();
        rig.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));
        await rig.FailAsync();

        var entry = await rig.CheckAsync();
        (entry.Status, entry.Data["limited_until"]).Should().Be((HealthStatus.Degraded, rig.Time.GetUtcNow() + TimeSpan.FromMinutes(1)));
        rig.Time.Advance(TimeSpan.FromMinutes(1));

        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(HealthStatus.Degraded)]
    [InlineData(HealthStatus.Unhealthy)]
    public async Task An_open_circuit_is_degraded_by_default_and_tells_until_when(HealthStatus wanted)
    {
        await using var rig = await Rig.StartAsync(options => options.OpenCircuit = wanted == HealthStatus.Degraded ? options.OpenCircuit : wanted);
        var down = rig.GitHub.WhenAnything().Answer(Answers.ServerError(500));
        for (var call = 0; call < 4; call++)
        {
            await rig.FailAsync();
        }

        var entry = await rig.CheckAsync();
        (entry.Status, entry.Data["circuit"]).Should().Be((wanted, "Open"));
        entry.Data["circuit_open_until"].Should().BeOfType<DateTimeOffset>().Which.Should().BeAfter(rig.Time.GetUtcNow());

        down.Remove();
        rig.Time.Advance((DateTimeOffset)entry.Data["circuit_open_until"] - rig.Time.GetUtcNow());
        (await rig.CheckAsync()).Data["circuit"].Should().Be("HalfOpen");
        await rig.CallAsync();
        (await rig.CheckAsync()).Data["circuit"].Should().Be("Closed");
    }

    [Fact]
    public async Task A_probe_asks_once_in_its_time_for_all_checks()
    {
        await using var rig = await Rig.StartAsync(options => options.Probe = true);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.CheckAsync()));
        var entry = await rig.CheckAsync();

        (entry.Status, entry.Data["probe"]).Should().Be((HealthStatus.Healthy, "ok"));
        rig.GitHub.Requests.Should().ContainSingle().Which.Path.Should().Be(RateLimit);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        await rig.CheckAsync();
        rig.GitHub.Count(HttpMethod.Get, RateLimit).Should().Be(2);
    }

    [Fact]
    public async Task A_probe_finds_a_credential_that_is_refused_and_one_that_serves_again()
    {
        await using var rig = await Rig.StartAsync(options => options.Probe = true);
        var refusal = rig.GitHub.WhenAnything().Answer(Answers.BadCredentials());

        var entry = await rig.CheckAsync();
        (entry.Status, entry.Data["probe"], entry.Description).Should().Be((HealthStatus.Unhealthy, "BadCredentials", "The credential was refused (BadCredentials)."));
        refusal.Remove();
        rig.Time.Advance(TimeSpan.FromMinutes(1));

        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_probe_that_GitHub_fails_is_degraded()
    {
        await using var rig = await Rig.StartAsync(options => options.Probe = true);
        rig.GitHub.WhenAnything().Answer(Answers.ServerError(500));

        var entry = await rig.CheckAsync();

        (entry.Status, entry.Data["probe"]).Should().Be((HealthStatus.Degraded, "ServerError"));
    }

    [Fact]
    public async Task A_probe_that_stalls_is_given_up_and_a_check_that_is_given_up_earlier_ends_at_once()
    {
        await using var rig = await Rig.StartAsync(options => options.Probe = true);
        rig.GitHub.WhenAnything().Answer(Answers.Real().After(TimeSpan.FromHours(1)));
        using var impatient = new CancellationTokenSource();
        var leaving = rig.CheckDirectlyAsync(impatient.Token);
        var staying = rig.CheckAsync();
        await rig.GitHub.WaitForRequestsAsync(1, Token);

        await impatient.CancelAsync();
        await FluentActions.Awaiting(() => leaving).Should().ThrowAsync<OperationCanceledException>();
        rig.Time.Advance(TimeSpan.FromSeconds(5));

        var entry = await staying;
        (entry.Status, entry.Data["probe"]).Should().Be((HealthStatus.Degraded, "Timeout"));
        rig.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_probe_ends_in_its_time_though_a_handler_of_the_application_does_not()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = await Rig.StartAsync(options => options.Probe = true, handler: new StuckHandler(asked));
        var checking = rig.CheckAsync();
        await asked.Task.WaitAsync(Token);

        rig.Time.Advance(TimeSpan.FromSeconds(5));

        var entry = await checking.WaitAsync(TimeSpan.FromSeconds(15), Token);
        (entry.Status, entry.Data["probe"]).Should().Be((HealthStatus.Degraded, "Timeout"));
    }

    [Fact]
    public async Task What_is_wrong_with_an_option_reads_the_same_on_every_machine()
    {
        var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        System.Globalization.CultureInfo.CurrentCulture = culture;

        await using var rig = await Rig.StartAsync(options => options.LeastRemaining = 1.1);

        (await rig.Awaiting(one => one.CheckDirectlyAsync(Token)).Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should().Contain("LeastRemaining is 1.1; it is from 0 to 1.");
    }

    [Fact]
    public async Task No_secret_stands_in_what_a_check_says()
    {
        await using var rig = await Rig.StartAsync(options => options.Probe = true);
        rig.GitHub.WhenAnything().Answer(Answers.BadCredentials());

        var entry = await rig.CheckAsync();

        string.Join('\n', entry.Data.Select(one => $"{one.Key}={one.Value}").Append($"{entry.Description} {entry.Exception} {rig.Status}")).Should().NotContain("NEVERPRINT");
    }

    [Fact]
    public async Task Clients_are_checked_apart()
    {
        await using var rig = await Rig.StartAsync();
        rig.GitHub.When(request => request.Token is "ghp_second").Answer(Answers.BadCredentials());
        await FluentActions.Awaiting(() => rig.Clients.GetClient("acme").GetRateLimitAsync(Token)).Should().ThrowAsync<ScmException>();

        (await rig.CheckAsync("github:acme")).Status.Should().Be(HealthStatus.Unhealthy);
        (await rig.CheckAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        var services = new ServiceCollection();
        services.AddHealthChecks().AddGitHub("acme", options =>
            (options.LeastRemaining, options.RefusalLifetime, options.ProbeEvery, options.ProbeTimeout, options.OpenCircuit) = (1.1, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, (HealthStatus)7));
        using var provider = services.BuildServiceProvider();

        var failures = FluentActions.Invoking(() => provider.GetRequiredService<IOptionsMonitor<GitHubHealthCheckOptions>>().Get("github:acme"))
            .Should().Throw<OptionsValidationException>().Which.Failures;

        failures.Should().HaveCount(5).And.Contain("The health check 'github:acme': LeastRemaining is 1.1; it is from 0 to 1.");
    }

    [Fact]
    public void What_is_wrong_with_an_option_reads_the_same_in_every_culture()
    {
        var (before, comma) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            new GitHubHealthCheckOptionsValidator().Validate("github", new() { LeastRemaining = 1.5 }).Failures
                .Should().Equal("The health check 'github': LeastRemaining is 1.5; it is from 0 to 1.");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Does not look at its token.</summary>
    private sealed class StuckHandler(TaskCompletionSource asked) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.TrySetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        }
    }

    private sealed class Rig : IAsyncDisposable
    {
        private readonly ServiceProvider _services;

        private Rig(FakeGitHub gitHub, ManualTimeProvider time, ServiceProvider services) => (GitHub, Time, _services) = (gitHub, time, services);

        public FakeGitHub GitHub { get; }

        public ManualTimeProvider Time { get; }

        public IGitHubIntegrationClientFactory Clients => _services.GetRequiredService<IGitHubIntegrationClientFactory>();

        public GitHubClientStatus Status => Clients.GetStatus();

        public static async Task<Rig> StartAsync(Action<GitHubHealthCheckOptions>? options = null, HealthStatus? failureStatus = null, HttpMessageHandler? handler = null)
        {
            var time = new ManualTimeProvider();
            var gitHub = await FakeGitHub.StartAsync(one => one.TimeProvider = time, Token);
            gitHub.AddToken(Secret, "octocat");
            gitHub.AddToken("ghp_second", "hubot");
            gitHub.AddRepository("acme/api");
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(time);
            var builder = services.AddScmIntegrations();
            foreach (var (name, token) in new[] { ("", Secret), ("acme", "ghp_second") })
            {
                var added = builder.AddGitHub(name, client =>
                {
                    client.ApiAddress = gitHub.Address;
                    client.UseToken(token);
                    client.Resilience.MaxAttempts = 1;
                    client.Resilience.CircuitMinimumThroughput = 4;
                });
                if (handler is not null)
                {
                    added.HttpClient.ConfigurePrimaryHttpMessageHandler(() => handler);
                }
            }

            services.AddHealthChecks().AddGitHub(configure: options, failureStatus: failureStatus).AddGitHub("acme");
            return new(gitHub, time, services.BuildServiceProvider());
        }

        public async Task<HealthReportEntry> CheckAsync(string check = "github")
        {
            var report = await _services.GetRequiredService<HealthCheckService>().CheckHealthAsync(one => one.Name.Equals(check, StringComparison.Ordinal), Token);
            return report.Entries[check];
        }

        public Task<HealthCheckResult> CheckDirectlyAsync(CancellationToken cancellationToken)
        {
            var registration = _services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.First(one => one.Name is "github");
            return registration.Factory(_services).CheckHealthAsync(new HealthCheckContext { Registration = registration }, cancellationToken);
        }

        public async Task CallAsync() => await Clients.GetClient().GetRepositoryAsync(new("acme/api"), Token);

        public async Task FailAsync() => await FluentActions.Awaiting(CallAsync).Should().ThrowAsync<ScmException>();

        public Answer WithLimit(int remaining) => Answers.Json(200, """{"id":1,"full_name":"acme/api","default_branch":"main"}""")
            .WithHeader("x-ratelimit-limit", "5000")
            .WithHeader("x-ratelimit-remaining", remaining.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .WithHeader("x-ratelimit-resource", "core")
            .WithHeader("x-ratelimit-reset", (Time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await GitHub.DisposeAsync();
        }
    }
}
