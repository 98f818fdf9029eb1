using Microsoft.Extensions.DependencyInjection;
using ScmIntegrations.Errors;
using ScmIntegrations.GitHub;
using ScmIntegrations.GitHub.Apps;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Apps;

/// <summary>Which installation a repository belongs to.</summary>
public sealed class InstallationLookupTests
{
    private const string OfRepository = "/repos/acme/api/installation";
    private const string OfOrganization = "/orgs/acme/installation";
    private const string OfUser = "/users/acme/installation";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    /// <summary>Who answers, and who is asked before. The first that knows is the answer.</summary>
    [Theory]
    [InlineData(7L, "/app/installations/7", "/app/installations/7")]
    [InlineData(8L, OfRepository, "/app/installations/8", OfRepository)]
    [InlineData(null, OfRepository, OfRepository)]
    [InlineData(null, OfOrganization, OfRepository, OfOrganization)]
    [InlineData(null, OfUser, OfRepository, OfOrganization, OfUser)]
    [InlineData(8L, OfUser, "/app/installations/8", OfRepository, OfOrganization, OfUser)]
    [InlineData(8L, null, "/app/installations/8", OfRepository, OfOrganization, OfUser)]
    public async Task The_own_integration_is_asked_then_repository_organisation_and_user(long? id, string? knows, params string[] asked)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(request => request.Path.Equals(knows, StringComparison.Ordinal)).Answer(Answers.Json(200, """{"id":7}"""));

        var found = await fixture.Lookup.FindAsync(Requests.Api, id, Cancellation);

        (found?.Id).Should().Be(knows is null ? null : 7L);
        fixture.GitHub.Requests.Select(request => request.Path).Should().Equal(asked);
        fixture.Fixture.CountedOutcomes.Should().BeEmpty("a look-up is part of the caller's interaction");
    }

    [Fact]
    public async Task Each_repository_has_the_installation_of_its_own_owner()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.AddRepository("other/web");
        fixture.Install(1, "acme");
        fixture.Install(2, "other");

        (await fixture.Lookup.FindAsync(new("other/web"), null, Cancellation))!.Id.Should().Be(2);
        (await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation))!.Id.Should().Be(1);
    }

    [Fact]
    public async Task An_answer_is_remembered_for_five_minutes_in_any_case_of_the_name()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme");

        await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation);
        fixture.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await fixture.Lookup.FindAsync(new("ACME/Api"), null, Cancellation);
        fixture.GitHub.Requests.Should().ContainSingle();
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation);

        fixture.GitHub.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task That_there_is_none_is_remembered_for_a_minute()
    {
        await using var fixture = await AppFixture.StartAsync();

        (await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation)).Should().BeNull();
        (await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation)).Should().BeNull();
        fixture.GitHub.Requests.Should().HaveCount(3);
        fixture.Install(7, "acme");
        fixture.Time.Advance(TimeSpan.FromSeconds(61));

        (await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation))!.Id.Should().Be(7);
    }

    [Fact]
    public async Task A_failure_is_told_and_not_remembered()
    {
        await using var fixture = await AppFixture.StartAsync(options => options.Resilience.MaxAttempts = 1);
        fixture.Install(7, "acme");
        fixture.GitHub.WhenAnything().Times(3).Answer(Answers.ServerError(502));

        await fixture.Lookup.Invoking(lookup => lookup.FindAsync(Requests.Api, null, Cancellation)).Should().ThrowAsync<ScmServerException>();
        (await fixture.Lookup.FindAsync(Requests.Api, null, Cancellation))!.Id.Should().Be(7);
    }

    public static TheoryData<string, Answer> Failures { get; } = new()
    {
        { "5xx", Answers.ServerError(500) },
        { "reset", Answers.Reset() },
        { "garbage", Answers.Json(200, "[1]") },
        { "page", Answers.Html200() },
        { "403", Answers.PermissionDenied() },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_step_that_fails_does_not_end_the_chain(string what, Answer failure)
    {
        await using var fixture = await AppFixture.StartAsync(options => options.Resilience.MaxAttempts = 1);
        fixture.Install(7, "acme");
        fixture.GitHub.When(request => request.Path is OfRepository).Answer(failure);

        var found = await fixture.Fixture.Interactions.RunAsync(
            new("find_installation"), _ => fixture.Lookup.FindAsync(Requests.Api, null, Cancellation), Cancellation);

        found!.Id.Should().Be(7, what);
        fixture.Fixture.Reporter.Reports.Should().ContainSingle().Which.Severity.Should().Be(ScmIntegrations.Interactions.FailureSeverity.Warning);
    }

    [Fact]
    public async Task What_every_step_would_meet_ends_it_at_once()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.PrimaryRateLimit(TimeSpan.FromHours(1)));

        await fixture.Lookup.Invoking(lookup => lookup.FindAsync(Requests.Api, null, Cancellation)).Should().ThrowAsync<ScmRateLimitException>();

        fixture.GitHub.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_step_that_stalls_leaves_time_for_the_next_and_all_end_after_ten_seconds()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.WhenAnything().Answer(Answers.Stall());

        var lookup = fixture.Lookup.FindAsync(Requests.Api, null, Cancellation);
        await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, "/repos/{owner}/{repo}/installation", 1, Cancellation);
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, "/orgs/{org}/installation", 1, Cancellation);
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, "/users/{user}/installation", 1, Cancellation);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));

        (await FluentActions.Awaiting(() => lookup).Should().ThrowAsync<ScmTimeoutException>()).Which.Message.Should().Contain("acme/api").And.Contain("10 s");
    }

    [Fact]
    public async Task Who_ask_the_same_share_one_flight_and_one_who_leaves_disturbs_nobody()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme");
        var release = new TaskCompletionSource();
        fixture.GitHub.WhenAnything().Once().Answer(Answers.Custom(async (context, token) =>
        {
            await release.Task.WaitAsync(token);
            context.Response.StatusCode = 404;
        }));
        using var leaving = new CancellationTokenSource();

        var left = fixture.Lookup.FindAsync(Requests.Api, null, leaving.Token);
        var others = Enumerable.Range(0, 50).Select(_ => fixture.Lookup.FindAsync(Requests.Api, null, Cancellation)).ToList();
        await leaving.CancelAsync();
        (await FluentActions.Awaiting(() => left).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(leaving.Token);
        release.SetResult();

        (await Task.WhenAll(others)).Should().OnlyContain(found => found!.Id == 7);
        fixture.GitHub.Requests.Select(request => request.Path).Should().Equal(OfRepository, OfOrganization);
    }

    [Fact]
    public async Task A_look_up_of_the_users_own_stays()
    {
        var own = new OwnLookup();
        await using var fixture = await AppFixture.StartAsync(more: setup => setup.MoreClients = (builder, _) =>
        {
            builder.Services.AddSingleton<IInstallationLookup>(own);
            builder.AddGitHub(_ => { }).AddInstallationLookup();
        });

        fixture.Lookup.Should().BeSameAs(own);
    }

    [Fact]
    public async Task A_client_without_an_App_can_look_nothing_up()
    {
        await using var fixture = await ClientFixture.StartAsync(setup => setup.MoreClients = (builder, _) => builder.AddGitHub(_ => { }).AddInstallationLookup());

        fixture.Services.Invoking(services => services.GetRequiredService<IInstallationLookup>()).Should().Throw<InvalidOperationException>().WithMessage("*UseApp*");
    }

    private sealed class OwnLookup : IInstallationLookup
    {
        public Task<GitHubInstallation?> FindAsync(RepositoryRef repository, long? installationId, CancellationToken cancellationToken = default) => Task.FromResult<GitHubInstallation?>(null);
    }
}
