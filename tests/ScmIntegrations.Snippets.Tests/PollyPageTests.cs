using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;

namespace ScmIntegrations.Snippets.Tests;

/// <summary>The code of docs/how-to/migrating-from-polly.md: what services write by hand, and what is left of it.</summary>
public sealed class PollyPageTests
{
    private static CancellationToken Cancellation => PageSetup.Cancellation;

    [Fact]
    public async Task Both_ask_a_server_again_that_fails_once()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        using var http = gitHub.CreateClient(PageSetup.Token);
        await using var services = gitHub.Provide(services => Register(services, PageSetup.Token));

        gitHub.WhenAnything().Once().Answer(Answers.ServerError());
        using var response = await ByHand().ExecuteAsync(async token => await http.GetAsync("repos/acme/api", token), Cancellation);
        gitHub.WhenAnything().Once().Answer(Answers.ServerError());
        await services.GetRequiredService<IGitHubIntegrationClient>().GetRepositoryAsync(new("acme/api"), Cancellation);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        gitHub.Count(HttpMethod.Get, "/repos/acme/api").Should().Be(4);
    }

    [Fact]
    public async Task A_secondary_limit_passes_for_a_missing_permission_by_hand_and_closes_the_gate_here()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        using var http = gitHub.CreateClient(PageSetup.Token);
        await using var services = gitHub.Provide(services => Register(services, PageSetup.Token));
        gitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromMinutes(1)));

        for (var call = 0; call < 5; call++)
        {
            using var response = await ByHand().ExecuteAsync(async token => await http.GetAsync("repos/acme/api", token), Cancellation);
            response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        }

        gitHub.Requests.Should().HaveCount(5);
        gitHub.ClearRequests();
        var client = services.GetRequiredService<IGitHubIntegrationClient>();
        for (var call = 0; call < 5; call++)
        {
            await client.Invoking(it => it.GetRepositoryAsync(new("acme/api"), Cancellation)).Should().ThrowAsync<ScmRateLimitException>();
        }

        gitHub.Requests.Should().ContainSingle();
    }

    private static ResiliencePipeline<HttpResponseMessage> ByHand()
    {
        // snippet:before
        static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
            outcome.Exception is HttpRequestException
            || outcome.Result is { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests };

        return new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddTimeout(TimeSpan.FromSeconds(100))
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome)),
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.Headers.RetryAfter?.Delta),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome)),
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
            })
            .AddTimeout(TimeSpan.FromSeconds(30))
            .Build();
        // end-snippet
    }

    private static void Register(IServiceCollection services, string token)
    {
        // snippet:after
        services.AddScmIntegrations().AddGitHub(gitHub => gitHub.UseToken(token));
        // end-snippet
    }

    private static void Tune(IServiceCollection services, string token)
    {
        // snippet:options
        services.AddScmIntegrations().AddGitHub(gitHub =>
        {
            gitHub.UseToken(token);
            gitHub.Resilience.Deadline = TimeSpan.FromSeconds(60);      // the outer timeout
            gitHub.Resilience.AttemptTimeout = TimeSpan.FromSeconds(10); // the inner one, to the end of the body
            gitHub.Resilience.MaxAttempts = 4;                           // one more than MaxRetryAttempts
            gitHub.Resilience.BackoffBase = TimeSpan.FromSeconds(1);     // Delay
            gitHub.Resilience.CircuitFailureRatio = 0.3;                 // FailureRatio
        });
        // end-snippet
    }

    [Fact]
    public async Task Options_that_stand_for_policies_are_in_range()
    {
        var (gitHub, _) = await PageSetup.StartAsync();
        await using var server = gitHub;
        await using var services = gitHub.Provide(services => Tune(services, PageSetup.Token));

        (await services.GetRequiredService<IGitHubIntegrationClient>().GetRepositoryAsync(new("acme/api"), Cancellation)).FullName.Should().Be("acme/api");
    }
}
