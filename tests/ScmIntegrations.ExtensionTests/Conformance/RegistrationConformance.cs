using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Interactions;
using ScmIntegrations.Testing;

namespace ScmIntegrations.ExtensionTests.Conformance;

/// <summary>What holds for a client however it was registered. One class derives from this for each way.</summary>
public abstract class RegistrationConformance
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The client's name in telemetry.</summary>
    protected abstract string Label { get; }

    /// <summary>How messages call the client.</summary>
    protected abstract string Subject { get; }

    /// <summary>How messages call the option that is set wrongly.</summary>
    protected virtual string PathOfMaxPages => "MaxPages";

    /// <summary>Registers the client, with so many pages.</summary>
    protected abstract IGitHubIntegrationBuilder Add(IScmIntegrationsBuilder builder, FakeGitHub gitHub, int maxPages);

    /// <summary>Gets it.</summary>
    protected abstract IGitHubIntegrationClient Resolve(IServiceProvider services);

    /// <summary>Whether a credential that was sent is the client's.</summary>
    protected virtual bool IsOwn(string? token) => string.Equals(token, Application.Token, StringComparison.Ordinal);

    [Fact]
    public async Task It_is_found_and_is_the_same_each_time()
    {
        await using var application = await StartAsync();

        var found = Resolve(application.Services);

        found.Should().NotBeNull().And.BeSameAs(Resolve(application.Services));
        using var scope = application.Services.CreateScope();
        Resolve(scope.ServiceProvider).Should().BeSameAs(found);
    }

    [Fact]
    public async Task It_speaks_with_its_own_credential()
    {
        await using var application = await StartAsync();

        (await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation)).FullName.Should().Be("acme/api");

        IsOwn(application.GitHub.Requests[^1].Token).Should().BeTrue();
    }

    [Fact]
    public async Task Telemetry_calls_it_by_its_name()
    {
        await using var application = await StartAsync();
        using var metrics = new MetricRecorder(application.Services);

        await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation);

        metrics.Counted.Should().Equal((Label, ScmTelemetry.StartedValue), (Label, "success"));
    }

    [Fact]
    public async Task Wrong_options_are_told_at_the_start_of_a_host_and_when_it_is_first_found()
    {
        await using var application = await StartAsync(maxPages: 0);
        var expected = $"{Subject}: {PathOfMaxPages} is 0; it is from 1 to 10000 pages.";

        application.Services.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate())
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(expected);
        application.Services.Invoking(Resolve).Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(expected);
    }

    [Fact]
    public async Task It_ends_with_the_provider()
    {
        var application = await StartAsync();
        var client = Resolve(application.Services);
        await client.GetCachedTreeAsync(Application.Api, cancellationToken: Cancellation);

        await application.Services.DisposeAsync();

        await client.Awaiting(one => one.GetCachedTreeAsync(Application.Api, cancellationToken: Cancellation)).Should().ThrowAsync<ObjectDisposedException>();
        await application.DisposeAsync();
    }

    [Fact]
    public async Task It_shares_nothing_with_a_sibling()
    {
        await using var application = await StartAsync(more: AddSibling);
        var (client, sibling) = (Resolve(application.Services), application.Services.GetRequiredKeyedService<IGitHubIntegrationClient>("sibling"));
        await sibling.GetCachedTreeAsync(Application.Api, "main", Cancellation);
        application.GitHub.When(request => request.Token is Application.OtherToken).Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(5)));
        await sibling.Awaiting(one => one.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmRateLimitException>();

        // Neither what the sibling remembers, nor its limit, nor its credential.
        (await client.FindCachedTreeAsync(Application.Api, "main", Cancellation)).Should().BeNull();
        await client.GetRepositoryAsync(Application.Api, Cancellation);
        IsOwn(application.GitHub.Requests[^1].Token).Should().BeTrue();
        await sibling.Awaiting(one => one.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmRateLimitException>();
    }

    [Fact]
    public async Task The_circuit_of_a_sibling_is_its_own()
    {
        await using var application = await StartAsync(more: AddSibling);
        var sibling = application.Services.GetRequiredKeyedService<IGitHubIntegrationClient>("sibling");
        application.GitHub.When(request => request.Token is Application.OtherToken).Answer(Answers.ServerError());
        for (var call = 0; call < 20; call++)
        {
            await sibling.Awaiting(one => one.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmException>();
        }

        await sibling.Awaiting(one => one.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmCircuitOpenException>();
        await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation);
    }

    [Fact]
    public async Task A_handler_of_the_users_sees_every_attempt_with_its_credential_and_no_siblings()
    {
        var seen = new ConcurrentQueue<string>();
        await using var application = await StartAsync(more: AddSibling, client: client => client.HttpClient.AddHttpMessageHandler(() => new RecordingHandler(seen)));
        await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation);
        application.GitHub.When(HttpMethod.Get, "/repos/acme/api").Once().Answer(Answers.ServerError());
        seen.Clear();

        await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation);
        await application.Services.GetRequiredKeyedService<IGitHubIntegrationClient>("sibling").GetRepositoryAsync(Application.Api, Cancellation);

        seen.Should().HaveCount(2).And.OnlyContain(token => IsOwn(token));
    }

    [Fact]
    public async Task Handlers_stand_in_the_order_in_which_they_were_added()
    {
        var (first, second) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        await using var application = await StartAsync(client: client => client.HttpClient
            .AddHttpMessageHandler(() => new RecordingHandler(first))
            .AddHttpMessageHandler(() => new AnsweringHandler())
            .AddHttpMessageHandler(() => new RecordingHandler(second)));

        await Resolve(application.Services).Awaiting(client => client.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmException>();

        (first.IsEmpty, second.IsEmpty, application.GitHub.Requests.Count).Should().Be((false, true, 0));
    }

    [Fact]
    public async Task Registering_it_again_does_no_harm()
    {
        var seen = new ConcurrentQueue<string>();
        await using var application = await StartAsync(
            more: (builder, gitHub) =>
            {
                builder.Services.AddScmIntegrations();
                Add(builder.Services.AddScmIntegrations(), gitHub, 7);
            },
            client: client => client.HttpClient.AddHttpMessageHandler(() => new RecordingHandler(seen)));
        using var metrics = new MetricRecorder(application.Services);
        await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation);
        var before = (Sent: application.GitHub.Requests.Count, Seen: seen.Count);

        await Resolve(application.Services).GetRepositoryAsync(Application.Api, Cancellation);

        (application.GitHub.Requests.Count - before.Sent, seen.Count - before.Seen).Should().Be((1, 1));
        metrics.Counted.Should().HaveCount(4);
        Resolve(application.Services).Should().BeSameAs(Resolve(application.Services));
        application.Services.GetServices<IStartupValidator>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_failure_is_reported_once()
    {
        var reporter = new RecordingReporter();
        await using var application = await StartAsync(more: (builder, gitHub) =>
        {
            builder.Services.AddSingleton<IFailureReporter>(reporter);
            AddSibling(builder, gitHub);
        });
        application.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.ServerError());

        await Resolve(application.Services).Awaiting(client => client.GetRepositoryAsync(Application.Api, Cancellation)).Should().ThrowAsync<ScmServerException>();

        reporter.Reports.Should().ContainSingle().Which.Descriptor.Client.Should().Be(Label);
    }

    private static void AddSibling(IScmIntegrationsBuilder builder, FakeGitHub gitHub) => builder.AddGitHub("sibling", options =>
    {
        Application.Set(options, gitHub);
        options.UseToken(Application.OtherToken);
    });

    private Task<Application> StartAsync(int maxPages = 7, Action<IScmIntegrationsBuilder, FakeGitHub>? more = null, Action<IGitHubIntegrationBuilder>? client = null) =>
        Application.StartAsync((builder, gitHub) =>
        {
            var added = Add(builder, gitHub, maxPages);
            client?.Invoke(added);
            more?.Invoke(builder, gitHub);
        });

    private sealed class AnsweringHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Gone) { Content = new StringContent("{}"), RequestMessage = request });
    }
}
