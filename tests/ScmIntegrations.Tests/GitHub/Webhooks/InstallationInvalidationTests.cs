using ScmIntegrations.Errors;
using ScmIntegrations.GitHub.Webhooks;
using ScmIntegrations.Testing;
using ScmIntegrations.Tests.GitHub.Apps;
using ScmIntegrations.Tests.Infrastructure;

namespace ScmIntegrations.Tests.GitHub.Webhooks;

/// <summary>What an event makes untrue of an installation: its token, that there was none, its permissions, and where it was found.</summary>
public sealed class InstallationInvalidationTests
{
    private const string Mint = "/app/installations/7/access_tokens";
    private const string Profile = "/app/installations/7";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("created")]
    [InlineData("deleted")]
    [InlineData("suspend")]
    [InlineData("unsuspend")]
    [InlineData("new_permissions_accepted")]
    [InlineData("an_action_of_tomorrow")]
    public async Task A_change_of_the_installation_drops_its_token_at_once(string action)
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();

        await TellAsync(fixture, "installation", Deliveries.InstallationChange(action));
        await fixture.GetApiAsync();
        await fixture.GetApiAsync();

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
        fixture.GitHub.Find(HttpMethod.Get, "/repos/acme/api").Select(request => request.Token).Distinct(StringComparer.Ordinal).Should().HaveCount(2, "the old token is not sent again");
    }

    [Fact]
    public async Task A_change_of_another_installation_drops_nothing()
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();

        await TellAsync(fixture, "installation", Deliveries.InstallationChange("deleted").Replace("\"id\":7", "\"id\":8", StringComparison.Ordinal));
        await fixture.GetApiAsync();

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);
    }

    [Theory]
    [InlineData("installation_repositories")]
    [InlineData("push")]
    public async Task A_token_that_is_for_all_repositories_outlives_other_events(string name)
    {
        await using var fixture = await StartAsync();
        await fixture.GetApiAsync();

        await TellAsync(fixture, name, name is "push" ? Deliveries.Push() : Deliveries.RepositoriesChange("added", ["web"], []));
        await fixture.GetApiAsync();

        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);
    }

    [Theory]
    [InlineData("unsuspend")]
    [InlineData("created")]
    [InlineData("new_permissions_accepted")]
    public async Task That_there_was_no_token_is_forgotten(string action)
    {
        await using var fixture = await StartAsync();
        var refusal = fixture.GitHub.When(HttpMethod.Post, Mint).Answer(Answers.InstallationSuspended());
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmForbiddenException>();
        refusal.Remove();
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmForbiddenException>("a failed mint is remembered");
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(1);

        await TellAsync(fixture, "installation", Deliveries.InstallationChange(action));

        await fixture.GetApiAsync();
    }

    [Fact]
    public async Task A_mint_that_was_under_way_does_not_bring_the_old_token_back()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Once().Answer(Answers.Real().After(TimeSpan.FromSeconds(5)));
        var before = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, Token);

        await TellAsync(fixture, "installation", Deliveries.InstallationChange("new_permissions_accepted"));
        await fixture.GetApiAsync();
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2, "a mint from before the event is not joined after it");
        var fresh = fixture.GitHub.Find(HttpMethod.Get, "/repos/acme/api")[^1].Token;
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        await before;
        await fixture.GetApiAsync();

        fixture.GitHub.Find(HttpMethod.Get, "/repos/acme/api")[^1].Token.Should().Be(fresh);
        fixture.GitHub.Count(HttpMethod.Post, Mint).Should().Be(2);
    }

    [Fact]
    public async Task A_mint_that_was_under_way_and_fails_is_not_remembered()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Post, Mint).Once().Answer(Answers.InstallationSuspended().After(TimeSpan.FromSeconds(5)));
        var before = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(1, Token);

        await TellAsync(fixture, "installation", Deliveries.InstallationChange("unsuspend"));
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        await FluentActions.Awaiting(() => before).Should().ThrowAsync<ScmForbiddenException>();

        await fixture.GetApiAsync();
    }

    [Theory]
    [InlineData("new_permissions_accepted", true)]
    [InlineData("unsuspend", true)]
    [InlineData("renamed", true)]
    [InlineData(null, false)]
    public async Task What_an_installation_may_do_is_asked_again(string? action, bool isAsked)
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.PermissionDenied());
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmPermissionException>();
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmPermissionException>();
        fixture.GitHub.Count(HttpMethod.Get, Profile).Should().Be(1, "it is remembered for an hour");

        await (action switch
        {
            null => TellAsync(fixture, "push", Deliveries.Push()),
            "renamed" => TellAsync(fixture, "installation_target", Deliveries.TargetRenamed("acme", "acme-corp")),
            _ => TellAsync(fixture, "installation", Deliveries.InstallationChange(action)),
        });
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmPermissionException>();

        fixture.GitHub.Count(HttpMethod.Get, Profile).Should().Be(isAsked ? 2 : 1);
    }

    [Fact]
    public async Task What_was_being_asked_of_an_installation_is_not_kept_after_the_event()
    {
        await using var fixture = await StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api").Answer(Answers.PermissionDenied());
        fixture.GitHub.When(HttpMethod.Get, Profile).Once().Answer(Answers.Real().After(TimeSpan.FromSeconds(5)));
        var before = fixture.GetApiAsync();
        await fixture.GitHub.WaitForRequestsAsync(HttpMethod.Get, Profile, 1, Token);

        await TellAsync(fixture, "installation", Deliveries.InstallationChange("new_permissions_accepted"));
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5), Token);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        await FluentActions.Awaiting(() => before).Should().ThrowAsync<ScmPermissionException>();
        await FluentActions.Awaiting(fixture.GetApiAsync).Should().ThrowAsync<ScmPermissionException>();

        fixture.GitHub.Count(HttpMethod.Get, Profile).Should().Be(2);
    }

    public static TheoryData<string, string, bool> Events => new()
    {
        { "installation", Deliveries.InstallationChange("created"), true },
        { "installation", Deliveries.InstallationChange("deleted"), true },
        { "installation_repositories", Deliveries.RepositoriesChange("added", ["api"], []), true },
        { "repository", Deliveries.RepositoryChange("transferred"), true },
        { "repository", Deliveries.RepositoryChange("transferred", """ "changes":{"owner":{"from":{"user":{"login":"octocat"}}}}, """), true },
        { "installation_target", Deliveries.TargetRenamed("former", "acme"), true },
        { "organization", Deliveries.OrganizationChange("deleted"), true },
        { "installation", Deliveries.InstallationChange("created").Replace("acme", "other", StringComparison.Ordinal), false },
        { "push", Deliveries.Push(), false },
        { "membership", Deliveries.MembershipChange("added"), false },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public async Task Where_an_installation_was_found_is_asked_again(string name, string body, bool isAsked)
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.Install(7, "acme");
        await fixture.Lookup.FindAsync(Requests.Api, null, Token);
        fixture.GitHub.ClearRequests();

        await TellAsync(fixture.Fixture, name, body);
        await fixture.Lookup.FindAsync(Requests.Api, null, Token);

        fixture.GitHub.Requests.Should().HaveCount(isAsked ? 1 : 0);
    }

    [Fact]
    public async Task That_an_App_was_not_installed_is_forgotten_when_it_is()
    {
        await using var fixture = await AppFixture.StartAsync();
        (await fixture.Lookup.FindAsync(Requests.Api, 7, Token)).Should().BeNull();
        fixture.Install(7, "acme");
        (await fixture.Lookup.FindAsync(Requests.Api, 7, Token)).Should().BeNull("it is remembered for a minute");

        await TellAsync(fixture.Fixture, "installation", Deliveries.InstallationChange("created"));

        (await fixture.Lookup.FindAsync(Requests.Api, 7, Token))!.Id.Should().Be(7);
    }

    [Fact]
    public async Task A_look_up_that_was_under_way_is_not_kept_after_the_event()
    {
        await using var fixture = await AppFixture.StartAsync();
        fixture.GitHub.When(HttpMethod.Get, "/repos/acme/api/installation").Once().Answer(Answers.Real().After(TimeSpan.FromSeconds(2)));
        var before = fixture.Lookup.FindAsync(Requests.Api, null, Token);
        await fixture.GitHub.WaitForRequestsAsync(1, Token);

        await TellAsync(fixture.Fixture, "installation", Deliveries.InstallationChange("created"));
        await fixture.Time.WaitForTimerAsync(TimeSpan.FromSeconds(2), Token);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        (await before).Should().BeNull();
        fixture.Install(7, "acme");

        (await fixture.Lookup.FindAsync(Requests.Api, null, Token))!.Id.Should().Be(7);
    }

    // What a token seconds old is refused is asked once more, after a short wait that passes at once.
    private static Task<ClientFixture> StartAsync() => ClientFixture.StartAsync(setup =>
        (setup.AsInstallation, setup.Time) = (true, new ManualTimeProvider { AutoAdvance = true, AutoAdvanceUpTo = TimeSpan.FromSeconds(4) }));

    private static async Task TellAsync(ClientFixture fixture, string name, string body) =>
        await fixture.Client.InvalidateAsync(Deliveries.Accept<GitHubWebhookEvent>(name, body), Token);
}
