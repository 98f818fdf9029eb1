using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.Errors;

/// <summary>Where GitHub names no time, the wait is a minute, and twice as long each time that it has turned out too short.</summary>
public sealed class GuessedWaitTests
{
    private const string OtherToken = "ghp_TheTokenOfHubot0123456789abcdefghij";

    [Fact]
    public async Task The_wait_doubles_up_to_64_minutes()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(retryAfter: null));

        foreach (var minutes in new[] { 1, 2, 4, 8, 16, 32, 64, 64, 64 })
        {
            (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(minutes));
            fixture.Time.Advance(TimeSpan.FromMinutes(minutes));
        }

        fixture.GitHub.Requests.Should().HaveCount(9);
    }

    [Fact]
    public async Task While_the_wait_lasts_nothing_is_sent_and_nothing_doubles()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(retryAfter: null));
        await RefusedAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromSeconds(40));
        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromSeconds(40));

        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Time.Advance(TimeSpan.FromSeconds(40));
        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task It_begins_anew_after_a_success()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.SecondaryRateLimit(retryAfter: null), Answers.SecondaryRateLimit(retryAfter: null), Answers.Real());
        await RefusedAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(2));
        fixture.Time.Advance(TimeSpan.FromMinutes(2));

        await fixture.GetApiAsync();

        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_answer_that_is_no_success_begins_nothing_anew()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().AnswerInTurn(Answers.SecondaryRateLimit(retryAfter: null), Answers.NotFound());
        await RefusedAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmNotFoundException>();

        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_time_that_is_named_is_kept_to_and_not_doubled()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(TimeSpan.FromSeconds(90)));

        for (var time = 0; time < 4; time++)
        {
            (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromSeconds(90));
            fixture.Time.Advance(TimeSpan.FromSeconds(90));
        }
    }

    [Fact]
    public async Task Answers_that_were_under_way_together_are_one_offence()
    {
        await using var fixture = await StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.GitHub.WhenAnything().Times(8).Answer(Answers.Custom(async (context, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            context.Response.StatusCode = 403;
            await context.Response.Body.WriteAsync("{\"message\":\"You have exceeded a secondary rate limit.\"}"u8.ToArray(), cancellationToken);
        }));
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(retryAfter: null));
        var calls = Enumerable.Range(0, 8).Select(_ => RefusedAsync(fixture)).ToList();
        await fixture.GitHub.WaitForRequestsAsync(8, TestContext.Current.CancellationToken);

        release.SetResult();

        (await Task.WhenAll(calls)).Should().OnlyContain(wait => wait == TimeSpan.FromMinutes(1));
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(2), "eight answers to what was under way doubled nothing");
    }

    [Fact]
    public async Task Each_credential_has_a_wait_of_its_own()
    {
        await using var fixture = await StartAsync(setup => setup.MoreClients = (builder, gitHub) =>
        {
            gitHub.AddToken(OtherToken, "hubot");
            builder.AddGitHub("other", options =>
            {
                options.ApiAddress = gitHub.Address;
                options.UseToken(OtherToken);
            });
        });
        fixture.GitHub.WhenAnything().Answer(Answers.SecondaryRateLimit(retryAfter: null));
        await RefusedAsync(fixture);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(2));

        (await RefusedAsync(fixture, fixture.Clients.GetClient("other"))).Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_primary_limit_without_a_reset_doubles_as_well()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.Zero).WithHeader("x-ratelimit-reset", null));

        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(1));
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (await RefusedAsync(fixture)).Should().Be(TimeSpan.FromMinutes(2));
    }

    private static Task<ClientFixture> StartAsync(Action<ClientSetup>? configure = null) => ClientFixture.StartAsync(setup =>
    {
        setup.Time = new ManualTimeProvider();
        configure?.Invoke(setup);
    });

    private static async Task<TimeSpan> RefusedAsync(ClientFixture fixture, IGitHubIntegrationClient? client = null)
    {
        var call = () => (client ?? fixture.Client).GetRepositoryAsync(Requests.Api, TestContext.Current.CancellationToken);

        var error = (await call.Should().ThrowAsync<ScmRateLimitException>()).Which;
        return error.RetryAt!.Value - fixture.Time.GetUtcNow();
    }
}
